import fs, { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { TreeError } from "../../../cli/tree/errors";
import { discard, swapIn } from "../../../cli/tree/swap";
import { stageTree } from "../../../cli/tree/write";
import { cluster, configMap, emptyPlace, SMALL, thrownBy } from "./trees";

const place = emptyPlace();
const BEFORE = cluster("app1", { a: [configMap("x", "before")], b: [configMap("gone")] });
const AFTER = cluster("app1", { a: [configMap("x", "after")] });

afterEach(() => {
  jest.restoreAllMocks();
});

/** Makes the system refuse a rename the first time that `when` says so. */
function renameFails(code: string, when: (from: string, to: string) => boolean, times = 1): void {
  const rename = fs.renameSync;
  let left = times;
  jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (left > 0 && when(String(from), String(to))) {
      left -= 1;
      throw Object.assign(new Error(code), { code, syscall: "rename", path: String(from) });
    }
    rename(from, to);
  });
}

describe("swapIn", () => {
  it("replaces a whole tree and leaves nothing beside it", async () => {
    await place.put(BEFORE);
    await place.put(AFTER);
    expect(Object.keys(place.files())).toEqual(["app1/a/configmap.ns.x.yaml"]);
    expect(place.beside()).toEqual(["dist"]);
  });

  it("touches nothing when nothing changed", async () => {
    await place.put(SMALL);
    const before = statSync(place.target).ino;
    await place.put(SMALL);
    expect(statSync(place.target).ino).toBe(before);
    expect(place.beside()).toEqual(["dist"]);
  });

  it("uses an empty folder", async () => {
    mkdirSync(place.target);
    await place.put(SMALL);
    expect(Object.keys(place.files())).toHaveLength(1);
  });

  it("puts the old tree back when the new one cannot be moved in, and says why", async () => {
    await place.put(BEFORE);
    const before = place.files();
    const staged = await stageTree(place.target, [AFTER]);
    renameFails("EACCES", (from) => from === staged.folder);
    const error = await thrownBy(() => swapIn(staged, place.target));
    expect(error).toBeInstanceOf(TreeError);
    expect(place.files()).toEqual(before);
    expect(place.beside()).toEqual(["dist"]);
  });

  it("leaves a mount point alone", async () => {
    await place.put(BEFORE);
    const staged = await stageTree(place.target, [AFTER]);
    renameFails("EBUSY", (from) => from === place.target);
    const error = await thrownBy(() => swapIn(staged, place.target));
    expect(error).toMatchObject({ message: expect.stringContaining("since it is a mount point or in use") });
    expect(place.files()["app1/a/configmap.ns.x.yaml"]).toContain("before");
    expect(place.beside()).toEqual(["dist"]);
  });

  it("copies a folder aside that cannot be renamed, as those of an image's lower layer", async () => {
    await place.put(BEFORE);
    renameFails("EXDEV", (from) => from === place.target);
    await place.put(AFTER);
    expect(Object.keys(place.files())).toEqual(["app1/a/configmap.ns.x.yaml"]);
    expect(place.beside()).toEqual(["dist"]);
  });

  it("puts such a folder back when it cannot be removed either", async () => {
    await place.put(BEFORE);
    const before = place.files();
    const staged = await stageTree(place.target, [AFTER]);
    renameFails("EXDEV", (from) => from === place.target);
    const remove = fs.rmSync;
    jest.spyOn(fs, "rmSync").mockImplementation((path, options) => {
      if (path !== place.target) return remove(path, options);
      remove(join(place.target, "app1", "a"), { recursive: true });
      throw Object.assign(new Error("EIO: i/o error"), { code: "EIO", syscall: "rmdir" });
    });
    const error = await thrownBy(() => swapIn(staged, place.target));
    expect(error).toMatchObject({ message: expect.stringMatching(/EIO: i\/o error.*it is as it was/) });
    expect(place.files()).toEqual(before);
    expect(place.beside()).toEqual(["dist"]);
  });

  it("yields to nobody: when another run was quicker, its tree is replaced too", async () => {
    await place.put(BEFORE);
    const other = await stageTree(join(place.folder, "other"), [SMALL]);
    const staged = await stageTree(place.target, [AFTER]);
    const rename = fs.renameSync;
    let intruded = false;
    jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (!intruded && from === staged.folder) {
        intruded = true;
        rename(other.folder, place.target);
      }
      rename(from, to);
    });
    swapIn(staged, place.target);
    expect(intruded).toBe(true);
    expect(place.files()["app1/a/configmap.ns.x.yaml"]).toContain("after");
    expect(place.beside()).toEqual(["dist"]);
  });

  it("has done its work when only the old tree cannot be removed", async () => {
    await place.put(BEFORE);
    const staged = await stageTree(place.target, [AFTER]);
    const remove = fs.rmSync;
    jest.spyOn(fs, "rmSync").mockImplementation((path, options) => {
      if (String(path).includes(".old-") && existsSync(path))
        throw Object.assign(new Error("EACCES"), { code: "EACCES" });
      remove(path, options);
    });
    swapIn(staged, place.target);
    expect(place.files()["app1/a/configmap.ns.x.yaml"]).toContain("after");
  });
});

test("discard takes a staged tree away and leaves the one in place", async () => {
  await place.put(BEFORE);
  const staged = await stageTree(place.target, [AFTER]);
  expect(readdirSync(staged.folder)).toEqual(["README.md", "app1"]);
  discard(staged);
  discard(staged);
  expect(place.beside()).toEqual(["dist"]);
  expect(readFileSync(join(place.target, "app1/b/configmap.ns.gone.yaml"), "utf8")).toContain("name: gone");
});
