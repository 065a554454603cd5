import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releasePath } from "../../../cli/tools/download";
import { type FindOptions, findTool, isMissing, type PinnedTool } from "../../../cli/tools/find";
import { builtPath } from "../../../cli/tools/go-tool";
import { runProgram } from "../../../cli/tools/process";
import { script, withFolder } from "../folder";

const GO = { name: "tool", module: "tools/tool", package: "example.com/tool", cost: "1 s" };
const RELEASE = {
  name: "tool",
  version: "v1.0.0",
  file: "tool",
  archives: { "test-system": { url: "http://127.0.0.1:1/tool.tar.gz", sha256: "0".repeat(64) } },
};
const TOOL: PinnedTool = {
  name: "tool",
  version: "v1.0.0",
  go: GO,
  release: RELEASE,
  versionOf: async (path, { env }) => {
    const { stdout } = await runProgram(path, ["-v"], { env });
    const said = stdout.trim();
    if (said === "garbage") throw new Error("it says garbage");
    return said === "development" ? undefined : said;
  },
};
const MODULE = { "tools/tool/go.mod": "module x\n", "tools/tool/go.sum": "" };
const WORKING_GO = script(`
[ "$1" = env ] && { echo go1.99.0; exit 0; }
for last; do [ "$previous" = -o ] && echo built > "$last"; previous=$last; done`);

/** Searches in a folder of programs, by their scripts. */
async function search(
  programs: Readonly<Record<string, string>>,
  options: FindOptions & { prepare?: (root: string) => void; tool?: PinnedTool; path?: readonly string[] } = {},
) {
  return withFolder({ ...MODULE, ...programs }, async (root) => {
    for (const name of Object.keys(programs)) chmodSync(join(root, name), 0o755);
    options.prepare?.(root);
    const notes: string[] = [];
    const PATH = (options.path ?? ["bin"]).map((folder) => join(root, folder)).join(":");
    const context = { root, env: { PATH }, note: (message: string) => notes.push(message.replaceAll(root, "")) };
    const found = await findTool(options.tool ?? TOOL, context, { system: "test-system", patience: 500, ...options });
    const shown = isMissing(found)
      ? { missing: found.missing.map((line) => line.replaceAll(root, "")) }
      : { ...found, path: found.path.slice(root.length) };
    return { found: shown, notes };
  });
}

function place(path: string | undefined): void {
  mkdirSync(join(path ?? "", ".."), { recursive: true });
  writeFileSync(path ?? "", "");
}

const says = (version: string) => script(`echo ${version}`);
const released = (root: string) => place(releasePath(RELEASE, root, "test-system"));
const built = (root: string) => place(builtPath(GO, "go1.99.0", root));

test("a program on PATH of the pinned version comes first", async () => {
  const { found, notes } = await search({ "bin/tool": says("v1.0.0") }, { prepare: released });
  expect(found).toEqual({ path: "/bin/tool", version: "v1.0.0", origin: "PATH" });
  expect(notes).toEqual([]);
});

test("one of another version is left aside with a word, and the next on PATH taken", async () => {
  const programs = { "a/tool": says("v2.0.0"), "b/tool": says("v1.0.0") };
  const { found, notes } = await search(programs, { path: ["a", "b"] });
  expect(found).toMatchObject({ path: "/b/tool", origin: "PATH" });
  expect(notes).toEqual(["/a/tool is v2.0.0, but v1.0.0 is pinned; leaving it aside"]);
});

test("one that does not say its version is taken, with a word", async () => {
  const { found, notes } = await search({ "bin/tool": says("development") });
  expect(found).toEqual({ path: "/bin/tool", version: "of unknown version", origin: "PATH" });
  expect(notes).toEqual(["/bin/tool does not say its version; taking it for v1.0.0"]);
});

test("unless nobody could tell it from another: then it is left aside", async () => {
  const tool: PinnedTool = { ...TOOL, unknownVersion: "refused" };
  const { found, notes } = await search({ "bin/tool": says("development") }, { tool, download: false, build: false });
  expect(found).toEqual({ missing: ["PATH: /bin/tool does not say its version", "project cache: nothing yet"] });
  expect(notes).toEqual(["/bin/tool does not say its version; leaving it aside"]);
});

test("one that PATH leads to twice is asked once", async () => {
  const prepare = (root: string) => {
    symlinkSync(join(root, "a"), join(root, "b"));
    released(root);
  };
  const { notes } = await search({ "a/tool": says("v2.0.0") }, { prepare, path: ["a", "b", "a"] });
  expect(notes).toEqual(["/a/tool is v2.0.0, but v1.0.0 is pinned; leaving it aside"]);
});

test.each([
  ["is something else", says("garbage")],
  ["cannot be run", "#!/nowhere/sh\n"],
])("one that %s is left aside", async (_, body) => {
  const { found, notes } = await search({ "bin/tool": body }, { prepare: released });
  expect(found).toMatchObject({ origin: "cache" });
  expect(notes).toEqual(["/bin/tool does not work; leaving it aside"]);
});

test("folders, files that are no programs, and folders that are not there are passed over", async () => {
  const prepare = (root: string) => {
    mkdirSync(join(root, "a/tool"), { recursive: true });
    mkdirSync(join(root, "b"));
    writeFileSync(join(root, "b/tool"), "", { mode: 0o644 });
    released(root);
  };
  const { found, notes } = await search({}, { prepare, path: ["a", "b", "gone"] });
  expect(found).toMatchObject({ origin: "cache" });
  expect(notes).toEqual([]);
});

test("then the project's cache: what was downloaded, without asking Go", async () => {
  const { found, notes } = await search({ "bin/go": script("exit 9") }, { prepare: released });
  expect(found).toMatchObject({ path: expect.stringMatching(/^\/\.cache\/bin\/tool-v1\.0\.0-/), origin: "cache" });
  expect(notes).toEqual([]);
});

test("and what was built by the Go at hand", async () => {
  const { found } = await search({ "bin/go": WORKING_GO }, { prepare: built });
  expect(found).toMatchObject({ path: expect.stringMatching(/^\/\.cache\/bin\/tool-[0-9a-f]{12}$/), origin: "cache" });
});

test("then the release; without a network, the build", async () => {
  const { found, notes } = await search({ "bin/go": WORKING_GO });
  expect(found).toMatchObject({ origin: "build" });
  expect(notes[0]).toBe("downloading tool v1.0.0 from 127.0.0.1:1");
  expect(notes[1]).toMatch(/^no release of tool: 127\.0\.0\.1:1 cannot be reached/);
  expect(notes[2]).toMatch(/^building tool/);
});

test("the release is taken where it can be had", async () => {
  const broken: typeof fetch = async () => new Response("not what is pinned");
  const { found, notes } = await search({ "bin/go": WORKING_GO }, { fetch: broken });
  expect(notes.join("\n")).toMatch(/refused http:.*not the pinned 0{64}/);
  expect(found).toMatchObject({ origin: "build" });
});

test("where nothing helps, every way is named with its reason", async () => {
  const { found } = await search({ "bin/tool": says("v0.9.0") });
  expect(found).toEqual({
    missing: [
      "PATH: /bin/tool is v0.9.0, not v1.0.0",
      "project cache: nothing yet",
      expect.stringMatching(/^release: 127\.0\.0\.1:1 cannot be reached/),
      "build: there is no Go that can build it (https://go.dev/dl)",
    ],
  });
});

test("a build that fails is a reason like the others", async () => {
  const go = script(`[ "$1" = env ] && { echo go1.99.0; exit 0; }\necho no luck >&2; exit 1`);
  const { found } = await search({ "bin/go": go });
  expect(found).toMatchObject({ missing: expect.arrayContaining([expect.stringMatching(/^build: .*no luck$/s)]) });
});

test("neither network nor compiler is used where that is not wanted", async () => {
  const { found, notes } = await search({ "bin/go": WORKING_GO }, { download: false, build: false });
  expect(found).toEqual({ missing: ["PATH: no tool", "project cache: nothing yet"] });
  expect(notes).toEqual([]);
});
