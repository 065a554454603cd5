import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fetchSources, pathsOf } from "../../../cli/import/fetch";
import type { FolderSource, ModuleSource } from "../../../imports/sources";

let folder = "";
const path = process.env["PATH"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fetch-"));
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true, force: true });
});

const folderSource: FolderSource = {
  from: "folder",
  title: "Widgets",
  version: "v1.0.0",
  folder: "crds/widgets-1.0.0",
  upstream: "https://example.com/v1.0.0/{file}",
  licence: "MIT",
  files: [{ path: "widgets.yaml", kinds: {} }],
};

const moduleSource: ModuleSource = {
  from: "go-module",
  title: "Gadgets",
  module: "example.com/gadgets",
  version: "v2.0.0",
  licence: "MIT",
  files: [
    { path: "gadgets.yaml", kinds: {} },
    { path: "gone.yaml", kinds: {} },
  ],
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function writeFolder(sums: string): void {
  mkdirSync(join(folder, folderSource.folder), { recursive: true });
  writeFileSync(join(folder, folderSource.folder, "widgets.yaml"), "a: 1\n");
  writeFileSync(join(folder, folderSource.folder, "SHA256SUMS"), sums);
}

/** Stands in for Go: prints the given answer whatever it is asked. */
function fakeGo(answer: readonly object[]): void {
  const text = answer.map((module) => JSON.stringify(module, null, 2)).join("\n");
  writeFileSync(join(folder, "go"), `#!/bin/sh\ncat <<'END'\n${text}\nEND\nexit 1\n`);
  chmodSync(join(folder, "go"), 0o755);
  process.env["PATH"] = `${folder}${delimiter}${path}`;
}

test("a folder is taken when its checksums match", async () => {
  writeFolder(`${sha256("a: 1\n")}  widgets.yaml\n`);
  const { fetched, problems } = await fetchSources([folderSource], folder);
  expect(problems).toEqual([]);
  expect(fetched[0]?.files).toEqual([{ path: "widgets.yaml", text: "a: 1\n", sha256: sha256("a: 1\n") }]);
});

test.each([
  [`${"0".repeat(64)}  widgets.yaml\n`, `SHA256SUMS has ${"0".repeat(64)}`],
  ["", "SHA256SUMS has none"],
])("a file that does not match its checksum is refused, with the way to renew it", async (sums, message) => {
  writeFolder(sums);
  const { problems } = await fetchSources([folderSource], folder);
  expect(problems).toEqual([expect.stringContaining(message)]);
  expect(problems[0]).toContain("fix: download https://example.com/v1.0.0/{file}");
});

test("a missing folder is told with the way to get it", async () => {
  const { fetched, problems } = await fetchSources([folderSource], folder);
  expect(fetched).toEqual([]);
  expect(problems[0]).toContain("imports/crds/widgets-1.0.0/SHA256SUMS: missing");
});

test("a module's files are read from where Go put it; all missing ones are told", async () => {
  writeFileSync(join(folder, "gadgets.yaml"), "b: 2\n");
  fakeGo([{ Path: "example.com/gadgets", Version: "v2.0.0", Dir: folder, Sum: "h1:sum" }]);
  const { fetched, problems } = await fetchSources([moduleSource], folder);
  expect(fetched[0]).toMatchObject({ checksum: "h1:sum", files: [{ path: "gadgets.yaml", text: "b: 2\n" }] });
  expect(problems).toEqual(["example.com/gadgets@v2.0.0: has no file gone.yaml"]);
});

test("a version that cannot be had is told in Go's words, beside the other problems", async () => {
  fakeGo([{ Path: "example.com/gadgets", Version: "v2.0.0", Error: "This module version is not available." }]);
  const { problems } = await fetchSources([moduleSource, folderSource], folder);
  expect(problems[0]).toContain(
    "example.com/gadgets@v2.0.0: cannot be downloaded: This module version is not available.",
  );
  expect(problems[0]).toContain("fix: pin a version that can be had in clusters/versions.ts");
  expect(problems[1]).toContain("SHA256SUMS: missing");
});

test("paths are those of the files, or of the document", () => {
  expect(pathsOf(moduleSource)).toEqual(["gadgets.yaml", "gone.yaml"]);
  expect(
    pathsOf({ from: "openapi", title: "", module: "", version: "", path: "swagger.json", licence: "", kinds: {} }),
  ).toEqual(["swagger.json"]);
});
