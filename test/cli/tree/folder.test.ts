import fs, { existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TreeError } from "../../../cli/tree/errors";
import { besideOf, clearLeftovers, filesIn, MARK, refuseForeign } from "../../../cli/tree/folder";
import { cluster, configMap, deadPid, emptyPlace, SMALL } from "./trees";

const place = emptyPlace();

describe("filesIn", () => {
  it("lists names in order, and none of what is no folder", () => {
    for (const name of ["b", "a", "B"]) writeFileSync(join(place.folder, name), "");
    expect(filesIn(place.folder)).toEqual(["B", "a", "b"]);
    expect(filesIn(join(place.folder, "a"))).toEqual([]);
    expect(filesIn(join(place.folder, "gone"))).toEqual([]);
  });
});

describe("besideOf", () => {
  it("names what clearLeftovers takes for its own, never twice the same", () => {
    const names = Array.from({ length: 100 }, () => besideOf("dist", "tmp"));
    expect(new Set(names).size).toBe(100);
    for (const name of names) expect(name).toMatch(new RegExp(`^dist\\.tmp-${process.pid}-[0-9a-f]{8}$`));
  });
});

describe("refuseForeign", () => {
  const refusal = (): string => {
    try {
      refuseForeign(place.target);
    } catch (error) {
      expect(error).toBeInstanceOf(TreeError);
      return (error as Error).message;
    }
    return "";
  };

  it("takes what is not there, is empty or is ours", async () => {
    expect(refusal()).toBe("");
    mkdirSync(place.target);
    expect(refusal()).toBe("");
    await place.put(SMALL);
    expect(refusal()).toBe("");
  });

  it.each(["thesis.txt", ".git", MARK.file])("refuses a folder that holds %s of somebody else", (name) => {
    mkdirSync(place.target);
    writeFileSync(join(place.target, name), "years of work");
    expect(refusal()).toBe(
      `${place.target} holds something that was not rendered (no README.md of ours), and rendering replaces the whole folder. Fix: name an empty or new folder, or empty this one`,
    );
  });

  it("refuses a folder whose README.md is a folder", () => {
    mkdirSync(join(place.target, MARK.file), { recursive: true });
    expect(refusal()).toMatch("holds something that was not rendered");
  });

  it("refuses a file, which rendering would replace", () => {
    writeFileSync(place.target, "years of work");
    expect(refusal()).toBe(
      `${place.target} is a file, and rendering makes a folder. Fix: name another one, or remove the file`,
    );
  });

  it("looks again when another run moves its tree between two looks", async () => {
    await place.put(SMALL);
    const read = fs.readFileSync;
    const moved = jest.spyOn(fs, "readFileSync").mockImplementationOnce((path, options) => {
      renameSync(place.target, `${place.target}.old-${process.pid}-00000000`);
      return read(path, options);
    });
    expect(refusal()).toBe("");
    expect(moved).toHaveBeenCalledTimes(1);
    moved.mockRestore();
  });

  it("refuses a link to somebody else's folder", () => {
    mkdirSync(join(place.folder, "other"));
    writeFileSync(join(place.folder, "other", "thesis.txt"), "years of work");
    symlinkSync("other", place.target);
    expect(refusal()).toMatch("holds something that was not rendered");
  });
});

describe("clearLeftovers", () => {
  it("removes what dead runs left, beside a tree that is in its place", async () => {
    await place.put(SMALL);
    const pid = deadPid();
    for (const kind of ["tmp", "old"])
      mkdirSync(join(`${place.target}.${kind}-${pid}-00000000`, "app1"), { recursive: true });
    clearLeftovers(place.target);
    expect(place.beside()).toEqual(["dist"]);
    expect(Object.keys(place.files())).toHaveLength(1);
  });

  it("puts a tree back that was moved aside and never replaced, and only one", async () => {
    await place.put(cluster("app1", { a: [configMap("old")] }));
    renameSync(place.target, `${place.target}.old-${deadPid()}-00000000`);
    mkdirSync(`${place.target}.old-${deadPid()}-ffffffff`);
    clearLeftovers(place.target);
    expect(place.beside()).toEqual(["dist"]);
    expect(Object.keys(place.files())).toEqual(["app1/a/configmap.ns.old.yaml"]);
  });

  it("leaves what it may not remove, such as another person's in a folder for all", () => {
    mkdirSync(`${place.target}.tmp-${deadPid()}-00000000`);
    jest.spyOn(fs, "rmSync").mockImplementationOnce(() => {
      throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    });
    clearLeftovers(place.target);
    expect(place.beside()).toHaveLength(1);
  });

  it("leaves what runs that are alive work with", () => {
    const other = `${place.target}.tmp-${process.pid}-00000000`;
    mkdirSync(other);
    clearLeftovers(place.target);
    expect(existsSync(other)).toBe(true);
  });

  it.each([
    "dist.tmp-1",
    "dist.old",
    "dist.tmp-999999999-0000000g",
    "xdist.tmp-999999999-00000000",
    "dist-tmp-9-00000000",
  ])("leaves %s, which is not its own", (name) => {
    mkdirSync(join(place.folder, name));
    clearLeftovers(place.target);
    expect(place.beside()).toEqual([name]);
  });

  it("takes a folder's name as it is, not as a pattern", () => {
    mkdirSync(join(place.folder, `distX.tmp-${deadPid()}-00000000`));
    clearLeftovers(join(place.folder, "dist."));
    expect(place.beside()).toHaveLength(1);
  });

  it("does nothing where there is no folder", () => {
    clearLeftovers(join(place.folder, "nowhere", "dist"));
    expect(place.beside()).toEqual([]);
  });
});
