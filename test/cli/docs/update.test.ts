import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run, update } from "../../../cli/docs";
import { MarkerError } from "../../../cli/docs/markers";

const parts = { one: "new", two: "also new" };
const page = (name: string, text: string) =>
  `# A\n\n<!-- generated: ${name} -->\n${text}<!-- /generated: ${name} -->\n`;

let root: string;
let said: string[];
let complained: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "docs-"));
  said = [];
  complained = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => said.push(text));
  jest.spyOn(console, "error").mockImplementation((text: string) => complained.push(text));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (path: string) => readFileSync(join(root, path), "utf8");

it("writes the stale documents, in all folders, and none but those", () => {
  write("docs/a.md", page("one", "old\n"));
  write("docs/deep/b.md", page("two", "\nalso new\n\n"));
  write("docs/deep/c.txt", page("one", "old\n"));
  expect(update(root, parts, false)).toBe(0);
  expect(said).toEqual(["wrote docs/a.md"]);
  expect(read("docs/a.md")).toBe(page("one", "\nnew\n\n"));
  expect(read("docs/deep/c.txt")).toBe(page("one", "old\n"));
  expect(update(root, parts, true)).toBe(0);
});

it("with --check names every stale document and writes none", () => {
  write("docs/b.md", page("two", ""));
  write("docs/a.md", page("one", "old\n"));
  write("docs/c.md", page("one", "\nnew\n\n"));
  expect(update(root, parts, true)).toBe(1);
  expect(complained).toEqual([expect.stringContaining("npm run docs"), "  docs/a.md", "  docs/b.md"]);
  expect([read("docs/a.md"), read("docs/b.md")]).toEqual([page("one", "old\n"), page("two", "")]);
});

it("refuses all wrong markers at once, and writes nothing", () => {
  write("docs/a.md", page("one", "old\n"));
  write("docs/b.md", page("three", ""));
  write("docs/c.md", "<!-- generated: two -->\n");
  expect(() => update(root, parts, false)).toThrow(MarkerError);
  expect(() => update(root, parts, false)).toThrow(/docs\/b\.md:3 names the part three[\s\S]*docs\/c\.md:1 begins/);
  expect(read("docs/a.md")).toBe(page("one", "old\n"));
});

it("refuses a part that no document shows", () => {
  write("docs/a.md", page("one", ""));
  expect(() => update(root, parts, true)).toThrow("no document in docs shows the part two");
  rmSync(join(root, "docs"), { recursive: true });
  expect(() => update(root, parts, true)).toThrow(/part one[\s\S]*part two/);
});

it("writes documents that are generated as a whole, whatever they say", () => {
  write("docs/b.md", page("one", "old\n") + page("two", ""));
  const pages = { "docs/a.md": "# Rules\n<!-- generated: nothing that is filled -->\n", "docs/c.md": "# New\n" };
  write("docs/a.md", "# Edited by hand\n");
  expect(update(root, parts, true, pages)).toBe(1);
  expect(complained.slice(1)).toEqual(["  docs/a.md", "  docs/b.md", "  docs/c.md"]);
  expect(update(root, parts, false, pages)).toBe(0);
  expect([read("docs/a.md"), read("docs/c.md")]).toEqual(Object.values(pages));
  expect(update(root, parts, true, pages)).toBe(0);
});

describe("the command", () => {
  it("explains itself", async () => {
    expect(await run(["--help"])).toBe(0);
    expect(said.join()).toContain("--check");
  });

  it("refuses what it does not know", async () => {
    expect(await run(["--cheque"])).toBe(2);
    expect(complained.join()).toContain("--cheque");
  });

  it("makes the repository's own documents fresh, the same in every run", async () => {
    cpSync(join(__dirname, "..", "..", "..", "docs"), join(root, "docs"), { recursive: true });
    jest.spyOn(process, "cwd").mockReturnValue(root);
    expect([await run([]), complained]).toEqual([0, []]);
    expect([await run(["--check"]), complained]).toEqual([0, []]);
    const stale = join(root, "docs", "costs.md");
    writeFileSync(
      stale,
      readFileSync(stale, "utf8").replace("| Standard load balancers | 3", "| Standard load balancers | 4"),
    );
    const rules = join(root, "docs", "diff-rules.md");
    writeFileSync(rules, readFileSync(rules, "utf8").replace("(danger)", "(info)"));
    expect([await run(["--check"]), complained.slice(1)]).toEqual([1, ["  docs/costs.md", "  docs/diff-rules.md"]]);
  });
});
