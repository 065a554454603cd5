import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, replace } from "../../../cli/import/files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  mkdirSync(join(folder, "schemas/old.io"), { recursive: true });
  mkdirSync(join(folder, "crds"));
  writeFileSync(join(folder, "sources.ts"), "people's");
  writeFileSync(join(folder, "crds/a.yaml"), "people's");
  writeFileSync(join(folder, "same.io.ts"), "same");
  writeFileSync(join(folder, "changed.io.ts"), "before");
  writeFileSync(join(folder, "old.io.ts"), "old");
  writeFileSync(join(folder, "schemas/old.io/a_v1.json"), "old");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wanted = new Map([
  ["same.io.ts", "same"],
  ["changed.io.ts", "after"],
  ["schemas/new.io/a_v1.json", "new"],
]);

test("what differs, is missing or extra is told, people's own files never", async () => {
  expect(await compare(folder, wanted)).toEqual([
    { path: "changed.io.ts", how: "differs" },
    { path: "old.io.ts", how: "extra" },
    { path: "schemas/new.io/a_v1.json", how: "missing" },
    { path: "schemas/old.io/a_v1.json", how: "extra" },
  ]);
});

test("replacing brings the folder to the wanted state and leaves nothing behind", async () => {
  await replace(folder, wanted, await compare(folder, wanted));
  expect(await compare(folder, wanted)).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(["changed.io.ts", "crds", "same.io.ts", "schemas", "sources.ts"]);
  expect(existsSync(join(folder, "schemas/old.io"))).toBe(false);
  expect(readFileSync(join(folder, "sources.ts"), "utf8")).toBe("people's");
});

test("when a file cannot be staged, nothing changes", async () => {
  const impossible = new Map([...wanted, [`schemas/${"x".repeat(300)}.json`, "new"]]);
  const differences = await compare(folder, impossible);
  await expect(replace(folder, impossible, differences)).rejects.toThrow();
  expect(readFileSync(join(folder, "changed.io.ts"), "utf8")).toBe("before");
  expect(readdirSync(folder).filter((name) => name.startsWith(".staging"))).toEqual([]);
});

test("a folder that does not exist lacks everything", async () => {
  expect((await compare(join(folder, "nowhere"), wanted)).map(({ how }) => how)).toEqual([
    "missing",
    "missing",
    "missing",
  ]);
});
