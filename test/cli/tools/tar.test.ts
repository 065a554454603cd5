import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { fileInTar } from "../../../cli/tools/tar";
import { withFolder } from "../folder";

const CONTENT = randomBytes(1500);

function packed(folder: string, format: string, ...paths: string[]): Buffer {
  execFileSync("tar", [`--format=${format}`, "-cf", "all.tar", ...paths], { cwd: folder });
  return readFileSync(join(folder, "all.tar"));
}

test.each(["ustar", "gnu", "pax"])("finds a file behind others in a %s archive", async (format) => {
  const long = `${"deep/".repeat(20)}readme`;
  await withFolder({ LICENSE: "x", [long]: "y", program: CONTENT, "other/program": "z" }, (folder) => {
    const archive = packed(folder, format, "LICENSE", long, "other", "program");
    expect(fileInTar(archive, "program")).toEqual(CONTENT);
    expect(fileInTar(archive, "other/program")).toEqual(Buffer.from("z"));
    expect(fileInTar(archive, "rogram")).toBeUndefined();
  });
});

test("a leading ./ is no part of a path", async () => {
  await withFolder({ program: CONTENT }, (folder) => {
    expect(fileInTar(packed(folder, "gnu", "./program"), "program")).toEqual(CONTENT);
  });
});

test("a folder or a link is no file", async () => {
  await withFolder({ "program/inside": "x" }, (folder) => {
    expect(fileInTar(packed(folder, "gnu", "program"), "program")).toBeUndefined();
  });
});

test("an archive that was cut off gives nothing rather than half a file", async () => {
  await withFolder({ program: CONTENT }, (folder) => {
    const archive = packed(folder, "gnu", "program");
    expect(fileInTar(archive.subarray(0, 1024), "program")).toBeUndefined();
  });
});

test("garbage gives nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
      expect(fileInTar(Buffer.from(bytes), "program")).toBeUndefined();
    }),
  );
});
