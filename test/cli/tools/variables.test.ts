import { ETCD } from "../../../cli/tools/etcd";
import { findTool, isMissing, type PinnedTool } from "../../../cli/tools/find";
import { KUBE_APISERVER, KUBE_APISERVER_NEXT, KUBE_SCHEDULER, KUBECTL } from "../../../cli/tools/kubernetes";
import { type Files, script } from "../folder";
import { withPrograms } from "../programs";

const says = (version: string) => script(`echo "Kubernetes ${version}"`);
const { version } = KUBE_APISERVER;
const other = version.replace(/\d+$/, "99");
const MODULES: Files = Object.fromEntries(
  ["kubernetes", "kubernetes-next", "etcd"].flatMap((name) => [
    [`tools/${name}/go.mod`, ""],
    [`tools/${name}/go.sum`, ""],
  ]),
);

/** Looks for a program in a folder, of which the variables name files. */
function search(files: Files, variables: Readonly<Record<string, string>>, tool: PinnedTool = KUBE_APISERVER) {
  return withPrograms({ ...MODULES, ...files }, async (root) => {
    const notes: string[] = [];
    const inRoot = Object.entries(variables).map(([name, path]) => [name, path && `${root}/${path}`]);
    const env = { PATH: `${root}/bin`, ...Object.fromEntries(inRoot) };
    const short = (text: string) => text.replaceAll(`${root}/`, "");
    const context = { root, env, note: (message: string) => notes.push(short(message)) };
    const found = await findTool(tool, context, { build: false });
    return {
      found: isMissing(found) ? { ...found, missing: found.missing.map(short) } : { ...found, path: short(found.path) },
      notes,
    };
  });
}

const BOTH = { "assets/kube-apiserver": says(version), "bin/kube-apiserver": says(version) };

test.each([
  ["a folder", { KUBEBUILDER_ASSETS: "assets" }],
  ["a file", { TEST_ASSET_KUBE_APISERVER: "assets/kube-apiserver" }],
])("%s that a variable names comes before PATH", async (_, variables) => {
  expect(await search(BOTH, variables)).toEqual({
    found: { path: "assets/kube-apiserver", version, origin: "variable" },
    notes: [],
  });
});

test("a program's own variable comes before the folder", async () => {
  const files = { ...BOTH, "own/server": says(version) };
  const { found } = await search(files, { KUBEBUILDER_ASSETS: "assets", TEST_ASSET_KUBE_APISERVER: "own/server" });
  expect(found).toMatchObject({ path: "own/server" });
});

test("an empty variable is none", async () => {
  const { found } = await search(BOTH, { KUBEBUILDER_ASSETS: "", TEST_ASSET_KUBE_APISERVER: "" });
  expect(found).toMatchObject({ path: "bin/kube-apiserver", origin: "PATH" });
});

test("another patch is taken with a word, since somebody chose it", async () => {
  const { found, notes } = await search({ "assets/kube-apiserver": says(other) }, { KUBEBUILDER_ASSETS: "assets" });
  expect(found).toEqual({ path: "assets/kube-apiserver", version: other, origin: "variable" });
  expect(notes).toEqual([
    `assets/kube-apiserver is ${other}, not ${version}; taking it, since KUBEBUILDER_ASSETS names it`,
  ]);
});

test("on PATH another patch is left aside", async () => {
  const { found } = await search({ "bin/kube-apiserver": says(other) }, {});
  expect(found).toHaveProperty("missing");
});

test("another minor is left aside with a word, and the search goes on", async () => {
  const files = { "assets/kube-apiserver": says("v1.30.0"), "bin/kube-apiserver": says(version) };
  const { found, notes } = await search(files, { KUBEBUILDER_ASSETS: "assets" });
  expect(found).toMatchObject({ path: "bin/kube-apiserver", origin: "PATH" });
  expect(notes).toEqual([
    `assets/kube-apiserver, which KUBEBUILDER_ASSETS names, is v1.30.0, but ${version} is pinned; leaving it aside`,
  ]);
});

test("and is among the reasons where the search finds nothing", async () => {
  const { found } = await search({ "assets/kube-apiserver": says("v1.30.0") }, { KUBEBUILDER_ASSETS: "assets" });
  expect(found).toEqual({
    missing: [
      `KUBEBUILDER_ASSETS: assets/kube-apiserver is v1.30.0, not ${version}`,
      "PATH: no kube-apiserver",
      "project cache: nothing yet",
    ],
  });
});

const FIX = "Fix: let KUBEBUILDER_ASSETS name kube-apiserver, or unset it";

test.each([
  ["is not there", {}, "is no program"],
  ["cannot be run", { "assets/kube-apiserver": "text" }, "is no program"],
  [
    "is another program",
    { "assets/kube-apiserver": script("echo etcd") },
    "does not work: `--version` names no version",
  ],
])("what a variable names and %s is an error, whatever there is elsewhere", async (_, files, why) => {
  const { found } = await search({ "bin/kube-apiserver": says(version), ...files }, { KUBEBUILDER_ASSETS: "assets" });
  expect(found).toEqual({ missing: [`KUBEBUILDER_ASSETS: assets/kube-apiserver ${why}. ${FIX}`], refused: true });
});

test("etcd and kubectl have envtest's variables too", async () => {
  const etcd = { "own/etcd": script("echo etcd Version: 3.6.99; echo Go Version: go1.25") };
  expect((await search(etcd, { TEST_ASSET_ETCD: "own/etcd" }, ETCD)).found).toMatchObject({ version: "v3.6.99" });
  const kubectl = { "own/kubectl": script(`echo '{"clientVersion": {"gitVersion": "${version}"}}'`) };
  expect((await search(kubectl, { TEST_ASSET_KUBECTL: "own/kubectl" }, KUBECTL)).found).toMatchObject({ version });
});

test.each([
  ["kube-scheduler, which envtest lacks", KUBE_SCHEDULER],
  ["the API server of the next minor", KUBE_APISERVER_NEXT],
])("%s, is not looked for there", async (_, tool) => {
  const { found, notes } = await search(BOTH, { KUBEBUILDER_ASSETS: "gone", TEST_ASSET_KUBE_APISERVER: "gone" }, tool);
  expect(found).not.toHaveProperty("refused");
  expect(notes.join()).not.toContain("KUBEBUILDER_ASSETS");
});
