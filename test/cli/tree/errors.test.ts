import { mkdirSync } from "node:fs";
import { codeOf, explained, TreeError } from "../../../cli/tree/errors";

const failed = (code: string, more: object = {}) => Object.assign(new Error(`${code}: it failed`), { code, ...more });

describe("explained", () => {
  it.each([
    ["ENOSPC", "the disk that holds /work is full; /work/dist is as it was. Fix: free some space and run again"],
    ["EDQUOT", "the disk that holds /work is full; /work/dist is as it was. Fix: free some space and run again"],
    [
      "EACCES",
      "/work cannot be written to; /work/dist is as it was. Fix: make the folder writable, or name another one",
    ],
    [
      "EPERM",
      "/work cannot be written to; /work/dist is as it was. Fix: make the folder writable, or name another one",
    ],
    [
      "EROFS",
      "/work cannot be written to; /work/dist is as it was. Fix: make the folder writable, or name another one",
    ],
    ["ENOTDIR", "/work/dist is not a folder, or lies below a file. Fix: name another one"],
    [
      "EBUSY",
      "/work/dist cannot be replaced, since it is a mount point or in use; it is as it was. Fix: name a folder below it",
    ],
  ])("says what %s means and how to mend it", (code, message) => {
    const error = explained(failed(code), "/work/dist");
    expect(error).toBeInstanceOf(TreeError);
    expect((error as Error).message).toBe(message);
  });

  it("names the folder itself when that is what cannot be written to", () => {
    expect(explained(failed("EACCES", { path: "/work/dist" }), "/work/dist")).toMatchObject({
      message: expect.stringMatching(/^\/work\/dist cannot be written to/),
    });
  });

  it("tells what the system said of anything else", () => {
    const name = "x".repeat(300);
    let error: unknown;
    try {
      mkdirSync(`/tmp/${name}`);
    } catch (thrown) {
      error = thrown;
    }
    expect(explained(error, "/tmp/dist")).toBeInstanceOf(TreeError);
    expect(explained(error, "/tmp/dist")).toMatchObject({
      message: expect.stringMatching(
        /^\/tmp\/dist cannot be rendered to \(ENAMETOOLONG: .*\); it is as it was. Fix: name another folder$/,
      ),
    });
  });

  it.each([new Error("wrong props"), "text", undefined, null, failed("ERR_ASSERTION")])(
    "leaves %p as it is",
    (error) => {
      expect(explained(error, "/work/dist")).toBe(error);
    },
  );
});

test("codeOf", () => {
  expect(codeOf(failed("ENOENT"))).toBe("ENOENT");
  for (const other of [new Error("no"), "ENOENT", undefined, null, 7]) expect(codeOf(other)).toBeUndefined();
});
