import fc from "fast-check";
import { downloadModules, parseModules } from "../../../cli/import/go-modules";

const path = process.env["PATH"];
afterEach(() => {
  process.env["PATH"] = path;
});

test("modules stand one after another, errors among them", () => {
  const found = { Path: "a", Version: "v1", Dir: "/a", Sum: "h1:x", Origin: { VCS: "git" } };
  const missing = { Path: "b", Version: "v2", Error: "not available" };
  const stdout = [found, missing].map((module) => `${JSON.stringify(module, null, "\t")}\n`).join("");
  expect(parseModules(stdout, "")).toEqual([found, missing]);
});

test("an answer that cannot be read is told, not thrown", () => {
  expect(parseModules("", "go: unknown flag\n")).toBe("go mod download: no answer that can be read: go: unknown flag");
  fc.assert(fc.property(fc.string(), (text) => typeof parseModules(`{${text}`, "") === "string"));
});

test("without Go the text says what to install", async () => {
  process.env["PATH"] = "";
  expect(await downloadModules(["example.com/a@v1.0.0"])).toMatch(/^go: not found on PATH\..*install Go/);
});

test("nothing to download asks nobody", async () => {
  process.env["PATH"] = "";
  expect(await downloadModules([])).toEqual([]);
});
