import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findKubeconform } from "../../../cli/kubeconform";
import { KUBECONFORM } from "../../../cli/kubeconform/tool";
import { script, withFolder } from "../folder";
import { PATIENCE, realKubeconform } from "./real";

const { version } = KUBECONFORM;

test("the pinned module, the release and what the program will say are one version", () => {
  const module = readFileSync("tools/kubeconform/go.mod", "utf8");
  expect(module).toContain(`github.com/yannh/kubeconform ${version} `);
  expect(module).toContain(`tool ${KUBECONFORM.go?.package}\n`);
  expect(KUBECONFORM.go?.ldflags).toEqual([`-X main.version=${version}`]);
  for (const { url, sha256 } of Object.values(KUBECONFORM.release?.archives ?? {})) {
    expect(url).toMatch(
      new RegExp(
        `^https://github.com/yannh/kubeconform/releases/download/${version}/kubeconform-[a-z0-9-]+\\.tar\\.gz$`,
      ),
    );
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});

/** Looks for kubeconform among programs on PATH only. */
async function onPath(programs: Readonly<Record<string, string>>) {
  const files = { "tools/kubeconform/go.mod": "", "tools/kubeconform/go.sum": "", ...programs };
  return withFolder(files, async (root) => {
    for (const name of Object.keys(programs)) chmodSync(join(root, name), 0o755);
    const notes: string[] = [];
    const context = {
      root,
      env: { PATH: join(root, "bin") },
      note: (note: string) => notes.push(note.replaceAll(root, "")),
    };
    const found = await findKubeconform(context, { download: false, build: false });
    return { found, notes };
  });
}

test.each([version, version.slice(1)])("%j is the pinned version", async (said) => {
  const { found, notes } = await onPath({ "bin/kubeconform": script(`echo ${said}`) });
  expect(found).toMatchObject({ origin: "PATH", version });
  expect(notes).toEqual([]);
});

test.each(["v0.6.7", "v0.8.0", "0.7.1"])("%j is left aside", async (said) => {
  const { found, notes } = await onPath({ "bin/kubeconform": script(`echo ${said}`) });
  expect(found).toHaveProperty("missing");
  expect(notes[0]).toMatch(/^\/bin\/kubeconform is v0\.\d\.\d, but v0\.7\.0 is pinned; leaving it aside$/);
});

const GO_SAYS = (line: string) => script(`printf '%s\\n' "$3: go1.99" "\tpath\tx" "${line}"`);

test.each([
  ["mod", version],
  ["dep", version],
])('a build that says "development" is asked by Go for its module (%s)', async (word) => {
  const programs = {
    "bin/kubeconform": script("echo development"),
    "bin/go": GO_SAYS(`\t${word}\tgithub.com/yannh/kubeconform\t${version}\th1:x=`),
  };
  const { found, notes } = await onPath(programs);
  expect(found).toMatchObject({ origin: "PATH", version });
  expect(notes).toEqual([]);
});

test("and left aside when that is another version", async () => {
  const programs = {
    "bin/kubeconform": script("echo development"),
    "bin/go": GO_SAYS("\tmod\tgithub.com/yannh/kubeconform\tv0.6.0\th1:x="),
  };
  expect((await onPath(programs)).found).toHaveProperty("missing");
});

test("and taken with a word when nobody knows", async () => {
  const { found, notes } = await onPath({ "bin/kubeconform": script("echo development") });
  expect(found).toMatchObject({ origin: "PATH", version: "of unknown version" });
  expect(notes).toEqual([expect.stringContaining("does not say its version")]);
});

test.each(["", "kubectl v1.35.4", "usage: something"])("a program that says %j is something else", async (said) => {
  const { found, notes } = await onPath({ "bin/kubeconform": script(`echo "${said}"`) });
  expect(found).toHaveProperty("missing");
  expect(notes).toEqual(["/bin/kubeconform does not work; leaving it aside"]);
});

test(
  "the real one, built or downloaded, says the pinned version",
  async () => {
    const path = await realKubeconform();
    if (path) expect(await KUBECONFORM.versionOf(path, { note: () => {} })).toBe(version);
  },
  PATIENCE,
);
