import fs, { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TreeError } from "../../../cli/tree/errors";
import { discard } from "../../../cli/tree/swap";
import { stageTree } from "../../../cli/tree/write";
import type { RenderedCluster } from "../../../main";
import { cluster, configMap, emptyPlace, SMALL, thrownBy } from "./trees";

const place = emptyPlace();

afterEach(() => {
  jest.restoreAllMocks();
});

/** What a new tree differs in from the one in place. */
async function differing(...clusters: RenderedCluster[]): Promise<readonly string[]> {
  const staged = await stageTree(place.target, clusters);
  discard(staged);
  return staged.differing;
}

describe("a rendered tree", () => {
  it("has one object for each file, by cluster and component", async () => {
    await place.put(
      cluster("app1", { a: [configMap("x"), configMap("y")], b: [configMap("z")] }),
      cluster("app2", { a: [configMap("x")] }),
    );
    const files = place.files();
    expect(Object.keys(files)).toEqual([
      "app1/a/configmap.ns.x.yaml",
      "app1/a/configmap.ns.y.yaml",
      "app1/b/configmap.ns.z.yaml",
      "app2/a/configmap.ns.x.yaml",
    ]);
    expect(files["app2/a/configmap.ns.x.yaml"]).toBe(
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: ns\ndata:\n  value: '1'\n",
    );
  });

  it("counts what is added, changed and removed, and drops what is stale", async () => {
    await place.put(
      cluster("app1", { a: [configMap("same"), configMap("new", "1"), configMap("gone")], b: [configMap("z")] }),
      cluster("app2", { a: [configMap("x")] }),
    );
    const { changes, differing } = await place.put(
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
    expect(Object.keys(place.files())).toEqual([
      "app1/a/configmap.ns.more.yaml",
      "app1/a/configmap.ns.new.yaml",
      "app1/a/configmap.ns.same.yaml",
    ]);
  });

  it("can be written elsewhere, to be compared only", async () => {
    await place.put(SMALL);
    const beside = join(place.folder, "elsewhere", "check");
    const staged = await stageTree(place.target, [cluster("app1", { a: [configMap("y")] })], { beside });
    expect(staged.folder).toMatch(/\/elsewhere\/check\.tmp-/);
    expect(staged.differing).toEqual(["app1/a/configmap.ns.x.yaml", "app1/a/configmap.ns.y.yaml"]);
    discard(staged);
  });
});

describe("what somebody put into a tree", () => {
  beforeEach(() => place.put(SMALL));

  it.each([
    "stray.yaml",
    "app1/stray.yaml",
    "app1/a/stray.yaml",
    "app1/a/deep/stray.yaml",
    "app1/b/stray.yaml",
    "app9/a/stray.yaml",
    ".hidden",
  ])("is seen: %s", async (path) => {
    mkdirSync(join(place.target, path, ".."), { recursive: true });
    writeFileSync(join(place.target, path), "x");
    expect(await differing(SMALL)).toEqual([path]);
  });

  it("is seen where it is a link", async () => {
    symlinkSync("../..", join(place.target, "app1", "link"));
    symlinkSync("nowhere", join(place.target, "app1", "a", "dangling"));
    expect(await differing(SMALL)).toEqual(["app1/a/dangling", "app1/link"]);
  });

  it("is seen where it is a folder in a file's place, or a file in a folder's", async () => {
    const [file] = Object.keys(place.files());
    rmSync(join(place.target, file ?? ""));
    mkdirSync(join(place.target, file ?? ""));
    expect(await differing(SMALL)).toEqual([file]);
    rmSync(join(place.target, "app1"), { recursive: true });
    writeFileSync(join(place.target, "app1"), "x");
    expect(await differing(SMALL)).toEqual([file]);
    await place.put(SMALL);
    expect(await differing(SMALL)).toEqual([]);
  });

  it("is no difference where it is an empty folder, which Git does not keep either", async () => {
    mkdirSync(join(place.target, "app9", "a"), { recursive: true });
    expect(await differing(SMALL)).toEqual([]);
  });
});

test("a file that another run moves away while it is compared counts as changed", async () => {
  await place.put(SMALL);
  const read = fs.readFileSync;
  jest.spyOn(fs, "readFileSync").mockImplementation(((path: string, ...rest: never[]) => {
    if (path.endsWith("configmap.ns.x.yaml")) rmSync(path, { force: true });
    return read(path, ...rest);
  }) as typeof fs.readFileSync);
  expect(await differing(SMALL)).toEqual(["app1/a/configmap.ns.x.yaml"]);
});

describe("a failure", () => {
  async function failsUntouched(action: () => Promise<unknown>, message: RegExp | string): Promise<unknown> {
    await place.put(SMALL);
    const before = place.files();
    const error = await thrownBy(action);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(message);
    expect(place.files()).toEqual(before);
    expect(place.beside()).toEqual(["dist"]);
    return error;
  }
  const failing = (error: Error) =>
    (function* () {
      yield cluster("app1", { a: [configMap("y")] });
      throw error;
    })();

  it("in the middle of a lazy fleet leaves the last tree", () =>
    failsUntouched(() => stageTree(place.target, failing(new Error("wrong props"))), "wrong props"));

  it("by two objects of one name leaves the last tree, and is the fleet's fault", async () => {
    const twins = cluster("app1", { a: [configMap("y"), configMap("y")] });
    const error = await failsUntouched(() => place.put(twins), /^app1\/a: ConfigMap ns\/y is rendered twice$/);
    expect(error).not.toBeInstanceOf(TreeError);
  });

  it("by an interruption leaves the last tree", () =>
    failsUntouched(
      () => stageTree(place.target, [SMALL], { signal: AbortSignal.abort(new Error("interrupted")) }),
      "interrupted",
    ));

  it("by an interruption stops before the next cluster is rendered", async () => {
    const controller = new AbortController();
    const asked: string[] = [];
    const clusters = (function* () {
      for (const name of ["app1", "app2", "app3"]) {
        asked.push(name);
        if (name === "app2") controller.abort(new Error("interrupted"));
        yield cluster(name, { a: [configMap("y")] });
      }
    })();
    await failsUntouched(() => stageTree(place.target, clusters, { signal: controller.signal }), "interrupted");
    expect(asked).toEqual(["app1", "app2"]);
  });

  it("of an empty fleet leaves the last tree", () => failsUntouched(() => place.put(), "no clusters"));

  it.each(["ENOSPC", "EROFS", "EACCES"])("by %s leaves the last tree and says how to mend it", async (code) => {
    const error = await failsUntouched(
      () => stageTree(place.target, failing(Object.assign(new Error(code), { code }))),
      /is as it was. Fix: /,
    );
    expect(error).toBeInstanceOf(TreeError);
  });

  it("of a path below a file says so", async () => {
    writeFileSync(join(place.folder, "file"), "");
    await expect(stageTree(join(place.folder, "file", "dist"), [SMALL])).rejects.toThrow(
      "is not a folder, or lies below a file",
    );
  });

  it.each(["folder", "file"])("for a foreign %s leaves it alone", async (kind) => {
    const thesis = kind === "folder" ? join(place.target, "thesis.txt") : place.target;
    if (kind === "folder") mkdirSync(place.target);
    writeFileSync(thesis, "years of work");
    await expect(stageTree(place.target, [SMALL])).rejects.toBeInstanceOf(TreeError);
    expect(fs.readFileSync(thesis, "utf8")).toBe("years of work");
    expect(place.beside()).toEqual(["dist"]);
  });
});
