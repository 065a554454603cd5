import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../cli/tools/process";
import { withFolder } from "../cli/folder";
import { ACTIONLINT, findLinters, type Linters, ROOT } from "./linters";

let linters: Linters;
beforeAll(async () => {
  linters = await findLinters();
}, 300_000);

/** What a linter says of the workflows in a folder; undefined when it could not be had, which was said, or was an error. */
async function lint(name: "actionlint" | "zizmor", folder: string): Promise<string | undefined> {
  const program = linters[name];
  if (program === undefined) return undefined;
  const args = {
    actionlint: ["-no-color", "-pyflakes=", `-shellcheck=${linters.shellcheck ?? ""}`],
    // Offline: what it asks GitHub for would make the result depend on the day.
    zizmor: ["--offline", "--no-progress", "--persona=pedantic", "--color=never", "."],
  }[name];
  const { code, stdout, stderr } = await runProgram(program, args, { cwd: folder, timeout: 60_000 });
  return code === 0 ? "" : stdout + stderr;
}

describe("the workflows", () => {
  it("are what actionlint, with ShellCheck, takes for right", async () => {
    expect((await lint("actionlint", ROOT)) ?? "").toBe("");
  });

  it("are what zizmor takes for safe, down to its finest points", async () => {
    expect((await lint("zizmor", ROOT)) ?? "").toBe("");
  });
});

describe("the linters", () => {
  const bad = (step: string) => ({
    ".git/HEAD": "ref: refs/heads/main\n",
    ".github/workflows/bad.yml": `name: Bad\non: pull_request\njobs:\n  bad:\n    runs-on: ubuntu-24.04\n    steps:\n      - ${step}\n`,
  });

  it.each([
    ["actionlint", "run: echo ${{ github.event.pull_request.title }}", /potentially untrusted/],
    ["actionlint", "run: echo ${{ steps.none.outputs.x }}", /property "none" is not defined/],
    ["zizmor", "uses: actions/checkout@v4", /unpinned-uses/],
    ["zizmor", "run: echo ${{ github.event.pull_request.title }}", /template-injection/],
  ] as const)("really run: %s finds `%s`", (name, step, finding) =>
    withFolder(bad(step), async (folder) => {
      const said = await lint(name, folder);
      if (said !== undefined) expect(said).toMatch(finding);
    }),
  );

  it("really run: actionlint asks ShellCheck", () =>
    withFolder(bad("run: echo $UNQUOTED"), async (folder) => {
      const said = await lint("actionlint", folder);
      if (said !== undefined && linters.shellcheck) expect(said).toContain("SC2086");
    }));

  it("are pinned", () => {
    const read = (file: string) => readFileSync(join(ROOT, "tools", "actionlint", file), "utf8");
    expect(read("go.mod")).toContain(`github.com/rhysd/actionlint ${ACTIONLINT.version} //`);
    const pins = read("requirements.txt")
      .split("\n")
      .filter((line) => /^[a-z]/.test(line));
    expect(pins).toHaveLength(2);
    for (const pin of pins) expect(pin).toMatch(/^[a-z-]+==\d+(\.\d+)+ \\$/);
  });
});
