import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { run } from "../../../cli/import";
import { compare } from "../../../cli/import/files";

// The type generator loads its formatter, which jest cannot load, although it is never used.
jest.mock("prettier", () => ({}));

const path = process.env["PATH"];
let output = "";

beforeEach(() => {
  output = "";
  const keep = (text: string | Uint8Array) => {
    output += String(text);
    return true;
  };
  jest.spyOn(process.stdout, "write").mockImplementation(keep);
  jest.spyOn(process.stderr, "write").mockImplementation(keep);
});
afterEach(() => {
  process.env["PATH"] = path;
  jest.restoreAllMocks();
});

test("--help explains and does nothing", async () => {
  expect(await run(["--help"])).toBe(0);
  expect(output).toContain("npm run import [-- --check]");
});

test("an unknown argument is refused", async () => {
  expect(await run(["--chekc"])).toBe(2);
  expect(output).toContain("unknown argument --chekc");
});

test("outside the project it says where to run", async () => {
  const folder = mkdtempSync(`${tmpdir()}/import-`);
  jest.spyOn(process, "cwd").mockReturnValue(folder);
  expect(await run(["--check"])).toBe(2);
  expect(output).toContain("run it from the project's folder");
  rmSync(folder, { recursive: true });
});

test.each([[[]], [["--check"]]])("without Go, run(%j) fails with the way out and touches nothing", async (args) => {
  const before = await compare("imports", new Map());
  process.env["PATH"] = "";
  expect(await run(args)).toBe(1);
  expect(output).toContain("go: not found on PATH");
  expect(output).toContain("imports/ is as it was");
  expect(await compare("imports", new Map())).toEqual(before);
});
