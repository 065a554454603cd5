import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  BuildError,
  buildGoTool,
  builtPath,
  type GoTool,
  goVersion,
  type ToolContext,
} from "../../../cli/tools/go-tool";
import { script, withFolder } from "../folder";

const TOOL: GoTool = {
  name: "tool",
  module: "tools/tool",
  package: "example.com/tool/cmd/tool",
  ldflags: ["-X main.version=v1"],
  cost: "1 s",
};
const MODULE = { "tools/tool/go.mod": "module x\n", "tools/tool/go.sum": "" };

/** A Go that says its version, and builds a program that holds what it was called with. */
const GO = script(`
[ "$1" = env ] && { echo go1.99.0; exit 0; }
[ "$1" = build ] || exit 3
for last; do [ "$previous" = -o ] && out=$last; previous=$last; done
echo "$* CGO_ENABLED=$CGO_ENABLED GOFLAGS=$GOFLAGS in \${PWD##*/}" > "$out"
`);

function contextFor(root: string, notes: string[] = []): ToolContext {
  const env = { PATH: join(root, "bin"), GOFLAGS: "-mod=mod", CGO_ENABLED: "1" };
  return { root, env, note: (message) => notes.push(message) };
}

async function withGo<T>(go: string, work: (root: string) => Promise<T>): Promise<T> {
  return withFolder({ ...MODULE, "bin/go": go }, async (root) => {
    const { chmodSync } = await import("node:fs");
    chmodSync(join(root, "bin/go"), 0o755);
    return work(root);
  });
}

test("builds the pinned module, reproducibly and from nothing but its go.sum", async () => {
  await withGo(GO, async (root) => {
    const notes: string[] = [];
    const path = await buildGoTool(TOOL, "go1.99.0", contextFor(root, notes));
    const called = readFileSync(path, "utf8");
    expect(called).toContain("build -mod=readonly -trimpath -ldflags -s -w -X main.version=v1 -o");
    expect(called).toContain("example.com/tool/cmd/tool CGO_ENABLED=0 GOFLAGS=-buildvcs=false in tool");
    expect(statSync(path).mode & 0o111).not.toBe(0);
    expect(notes).toEqual(["building tool from tools/tool/go.mod with go1.99.0, once: about 1 s"]);
    expect(readdirSync(join(root, ".cache/bin"))).toHaveLength(1);
  });
});

test("what is built is not built again", async () => {
  await withGo(GO, async (root) => {
    const notes: string[] = [];
    await buildGoTool(TOOL, "go1.99.0", contextFor(root, notes));
    await Promise.all([1, 2].map(() => buildGoTool(TOOL, "go1.99.0", contextFor(root, notes))));
    expect(notes.filter((note) => note.startsWith("building"))).toHaveLength(1);
  });
});

test("who builds several is told instead when a build begins", async () => {
  await withGo(GO, async (root) => {
    const notes: string[] = [];
    const begun: string[] = [];
    const context = { ...contextFor(root, notes), building: ({ name }: GoTool) => begun.push(name) };
    await buildGoTool(TOOL, "go1.99.0", context);
    await buildGoTool(TOOL, "go1.99.0", context);
    expect([begun, notes]).toEqual([["tool"], []]);
  });
});

test("two that want it at once build it once", async () => {
  await withGo(GO, async (root) => {
    const notes: string[] = [];
    await Promise.all([1, 2, 3].map(() => buildGoTool(TOOL, "go1.99.0", contextFor(root, notes))));
    expect(notes.filter((note) => note.startsWith("building"))).toHaveLength(1);
  });
});

test("another go.mod, go.sum, Go or linker flag is another program", async () => {
  const paths = new Set<string>();
  const add = (files: Record<string, string>, version: string, tool: GoTool) =>
    withFolder(files, (root) => void paths.add(builtPath(tool, version, root).slice(root.length)));
  await add(MODULE, "go1.99.0", TOOL);
  await add(MODULE, "go1.99.0", { ...TOOL });
  expect(paths.size).toBe(1);
  await add({ ...MODULE, "tools/tool/go.mod": "module y\n" }, "go1.99.0", TOOL);
  await add({ ...MODULE, "tools/tool/go.sum": "x" }, "go1.99.0", TOOL);
  await add(MODULE, "go1.99.1", TOOL);
  await add(MODULE, "go1.99.0", { ...TOOL, ldflags: [] });
  expect(paths.size).toBe(5);
  for (const path of paths) expect(path).toMatch(/^\/\.cache\/bin\/tool-[0-9a-f]{12}$/);
});

test.each([
  ["missing go.sum entry for module", /restore tools\/tool\/go\.mod and go\.sum from Git/],
  ["go: go.mod requires go >= 1.27 (running go 1.26)", /install Go/],
  ["dial tcp: lookup proxy.golang.org: no such host", /Go's module proxy/],
  ["write /x: no space left on device", /free some disk space/],
  ["something new", /put tool on PATH/],
])("a build that fails with %j says what to do, and leaves nothing", async (said, fix) => {
  await withGo(script(`echo "${said}" >&2; exit 1`), async (root) => {
    const building = buildGoTool(TOOL, "go1.99.0", contextFor(root));
    await expect(building).rejects.toThrow(BuildError);
    await expect(building).rejects.toThrow(fix);
    await expect(building).rejects.toThrow(said);
    expect(readdirSync(join(root, ".cache/bin"))).toEqual([]);
  });
});

test("an interrupted build leaves nothing", async () => {
  await withGo(
    script(`for last; do [ "$previous" = -o ] && echo half > "$last"; previous=$last; done; exec /bin/sleep 20`),
    async (root) => {
      const context = { ...contextFor(root), signal: AbortSignal.timeout(300) };
      await expect(buildGoTool(TOOL, "go1.99.0", context)).rejects.toThrow(/timeout|abort/i);
      expect(readdirSync(join(root, ".cache/bin"))).toEqual([]);
    },
  );
});

test("a cache that cannot be written to is told", async () => {
  await withFolder({ ...MODULE, ".cache": "a file" }, async (root) => {
    await expect(buildGoTool(TOOL, "go1.99.0", contextFor(root))).rejects.toThrow(/tool could not be built: /);
  });
});

test("Go's version is Go's own word, and undefined without a Go that works", async () => {
  await withGo(GO, async (root) => expect(await goVersion(TOOL, contextFor(root))).toBe("go1.99.0"));
  await withGo(script("exit 1"), async (root) => expect(await goVersion(TOOL, contextFor(root))).toBeUndefined());
  await withFolder(MODULE, async (root) => expect(await goVersion(TOOL, contextFor(root))).toBeUndefined());
});
