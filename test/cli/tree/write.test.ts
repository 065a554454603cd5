import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TreeError } from "../../../cli/tree/errors";
import { discard, swapIn } from "../../../cli/tree/swap";
import { stageTree } from "../../../cli/tree/write";
import type { RenderedCluster } from "../../../main";

const configMap = (name: string, value = "1") => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "ns" },
  data: { value },
});
const cluster = (name: string, components: Record<string, ReturnType<typeof configMap>[]>): RenderedCluster => ({
  name,
  components: Object.entries(components).map(([component, objects]) => ({ name: component, objects })),
});

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tree-"));
  target = join(folder, "dist");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const files = () =>
  readdirSync(target, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".yaml"))
    .sort();
async function put(...clusters: RenderedCluster[]) {
  const staged = await stageTree(target, clusters);
  swapIn(staged, target);
  return staged;
}

describe("a rendered tree", () => {
  it("has one object for each file, by cluster and component", async () => {
    await put(
      cluster("app1", { a: [configMap("x"), configMap("y")], b: [configMap("z")] }),
      cluster("app2", { a: [configMap("x")] }),
    );
    expect(files()).toEqual([
      "app1/a/configmap.ns.x.yaml",
      "app1/a/configmap.ns.y.yaml",
      "app1/b/configmap.ns.z.yaml",
      "app2/a/configmap.ns.x.yaml",
    ]);
    expect(readFileSync(join(target, "app2/a/configmap.ns.x.yaml"), "utf8")).toBe(
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: ns\ndata:\n  value: '1'\n",
    );
  });

  it("counts what is added, changed and removed, and drops what is stale", async () => {
    await put(
      cluster("app1", { a: [configMap("same"), configMap("new", "1"), configMap("gone")], b: [configMap("z")] }),
      cluster("app2", { a: [configMap("x")] }),
    );
    const { changes, differing } = await put(
      cluster("app1", { a: [configMap("same"), configMap("new", "2"), configMap("more")] }),
    );
    expect(changes).toEqual([
      { cluster: "app1", components: 1, objects: 3, added: 1, changed: 1, removed: 2 },
      { cluster: "app2", components: 0, objects: 0, added: 0, changed: 0, removed: 1 },
    ]);
    expect(differing).toEqual([
      "app1/a/configmap.ns.gone.yaml",
      "app1/a/configmap.ns.more.yaml",
      "app1/a/configmap.ns.new.yaml",
      "app1/b/configmap.ns.z.yaml",
      "app2/a/configmap.ns.x.yaml",
    ]);
    expect(files()).toEqual([
      "app1/a/configmap.ns.more.yaml",
      "app1/a/configmap.ns.new.yaml",
      "app1/a/configmap.ns.same.yaml",
    ]);
  });

  it("is not touched when nothing changed", async () => {
    await put(cluster("app1", { a: [configMap("x")] }));
    const before = statSync(target).ino;
    await put(cluster("app1", { a: [configMap("x")] }));
    expect(statSync(target).ino).toBe(before);
    expect(readdirSync(folder)).toEqual(["dist"]);
  });

  it("sees a file that somebody put there", async () => {
    await put(cluster("app1", { a: [configMap("x")] }));
    writeFileSync(join(target, "app1", "stray.yaml"), "x");
    const staged = await stageTree(target, [cluster("app1", { a: [configMap("x")] })]);
    expect(staged.differing).toEqual(["app1/stray.yaml"]);
    discard(staged);
  });
});

describe("a failure", () => {
  const good = cluster("app1", { a: [configMap("x")] });
  async function failsUntouched(
    action: () => Promise<unknown>,
    message: RegExp | string,
    type: new (...args: never[]) => Error = Error,
  ) {
    await put(good);
    const error = await action().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toMatch(message);
    expect(files()).toEqual(["app1/a/configmap.ns.x.yaml"]);
    expect(readdirSync(folder)).toEqual(["dist"]);
  }

  it("in the middle of a lazy fleet leaves the last tree", () =>
    failsUntouched(
      () =>
        stageTree(
          target,
          (function* () {
            yield cluster("app1", { a: [configMap("y")] });
            throw new Error("wrong props");
          })(),
        ),
      "wrong props",
    ));

  it("by two objects of one name leaves the last tree", () =>
    failsUntouched(
      () => put(cluster("app1", { a: [configMap("y"), configMap("y")] })),
      /app1\/a: ConfigMap ns\/y is rendered twice/,
      TreeError,
    ));

  it("by an interruption leaves the last tree", () =>
    failsUntouched(() => stageTree(target, [good], AbortSignal.abort(new Error("interrupted"))), "interrupted"));

  it("of an empty fleet leaves the last tree", () => failsUntouched(() => put(), "no clusters", TreeError));

  it.each([
    ["ENOSPC", /disk that holds .* is full; .* is as it was. Fix: free some space/],
    ["EROFS", /cannot be written to; .* is as it was. Fix: make the folder writable/],
    ["EACCES", /cannot be written to/],
  ])("by %s of the file system says how to mend it and leaves the last tree", (code, message) =>
    failsUntouched(
      () =>
        stageTree(
          target,
          (function* () {
            yield good;
            throw Object.assign(new Error(code), { code });
          })(),
        ),
      message,
      TreeError,
    ),
  );

  it("of a path below a file says so", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(stageTree(join(folder, "file", "dist"), [good])).rejects.toThrow(
      "is not a folder, or lies below a file",
    );
  });
});

describe("a folder that is not ours", () => {
  it("is never replaced", async () => {
    mkdirSync(target);
    writeFileSync(join(target, "thesis.txt"), "years of work");
    await expect(stageTree(target, [cluster("app1", { a: [configMap("x")] })])).rejects.toThrow(
      "holds something that was not rendered",
    );
    expect(readdirSync(target)).toEqual(["thesis.txt"]);
  });

  it("is used when it is empty", async () => {
    mkdirSync(target);
    await put(cluster("app1", { a: [configMap("x")] }));
    expect(files()).toHaveLength(1);
  });
});

describe("leftovers of a killed run", () => {
  const deadPid = async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => child.on("exit", resolve));
    return child.pid;
  };

  it("go, and a tree that was moved aside comes back", async () => {
    await put(cluster("app1", { a: [configMap("old")] }));
    const pid = await deadPid();
    renameSync(target, `${target}.old-${pid}-00000000`);
    mkdirSync(`${target}.tmp-${pid}-00000000`);
    const staged = await stageTree(target, [cluster("app1", { a: [configMap("old")] })]);
    expect(staged.differing).toEqual([]);
    discard(staged);
    expect(readdirSync(folder)).toEqual(["dist"]);
  });

  it("of a run that is still alive stay", async () => {
    const other = `${target}.tmp-${process.pid}-00000000`;
    mkdirSync(other);
    await put(cluster("app1", { a: [configMap("x")] }));
    expect(existsSync(other)).toBe(true);
  });
});
