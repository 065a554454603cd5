import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../../cli/tools/process";
import { type Files, script, withFolder } from "../cli/folder";
import { runGit } from "../cli/resolve/repository";
import { findLinters, ROOT } from "./linters";
import { AZURE_JOBS, workflow } from "./workflows";

const TSC = [
  "--ignoreConfig --noEmit --allowJs --checkJs --strict --skipLibCheck --types node --target es2022 --lib es2023",
  "--module node16 --moduleResolution node16 --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature",
  "--noImplicitReturns --noUnusedLocals --noUnusedParameters",
].flatMap((line) => line.split(" "));

/** Runs a step as the platform would, in a repository with these files, where `npm` is a stand-in. */
function run(job: string, step: string, files: Files, npm: string, uncommitted: Files = {}) {
  const text = workflow("pull-request.yml").jobs[job]?.steps.find(({ name }) => name?.startsWith(step))?.run;
  if (text === undefined) throw new Error(`there is no step ${step}`);
  return withFolder({ ...files, "bin/npm": script(npm) }, async (folder) => {
    const commands = [
      ["init", "--quiet"],
      ["add", "--all"],
      ["commit", "--quiet", "--message", "all"],
    ];
    for (const args of commands) runGit(folder, args);
    return withFolder({}, async (beside) => {
      const program = `chmod +x bin/npm; ${Object.entries(uncommitted)
        .map(([path, content]) => `printf %s '${String(content)}' > '${path}';`)
        .join(" ")}\n${text}`;
      const env = {
        ...process.env,
        PATH: `${folder}/bin:${process.env["PATH"]}`,
        GITHUB_STEP_SUMMARY: join(beside, "summary"),
      };
      const exit = await runProgram("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", program], {
        cwd: folder,
        env,
      });
      const read = (path: string) => readFileSync(path, "utf8");
      const summary = readdirSync(beside).includes("summary") ? read(join(beside, "summary")) : undefined;
      return {
        ...exit,
        summary,
        reports: readdirSync(folder).includes("reports") ? readdirSync(join(folder, "reports")).sort() : [],
      };
    });
  });
}

describe("the step that writes the reports", () => {
  /** Takes `run diff -- --from REF --infra-from FILE --infra-to FILE --format FORMAT --output FILE`. */
  const diff = (code: number) => `
    [ "$1 $2 $3 $4 $5" = "run diff -- --from HEAD^1" ] || exit 9
    [ "$6 $7 $8 $9" = "--infra-from reports/infra-from.json --infra-to reports/infra-to.json" ] || exit 9
    shift 9
    [ "$1 $3" = "--format --output" ] || exit 9
    echo "$2" > "$4"
    exit ${code}`;

  it.each([0, 1])("writes all of them whatever is found (exit code %i)", async (code) => {
    const ran = await run("diff", "Write the reports", {}, diff(code));
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.reports).toEqual(["diff.html", "diff.json", "diff.md", "diff.sarif"]);
    expect(ran.summary).toBe("markdown\n");
  });

  it("fails where nothing could be compared", async () => {
    const ran = await run("diff", "Write the reports", {}, diff(2));
    expect(ran.code).not.toBe(0);
    expect(ran.summary).toBeUndefined();
  });
});

describe("the step that records the infra program", () => {
  it("installs its packages, and records the base and the working tree", async () => {
    const ran = await run("diff", "Record the infra", {}, 'echo "$@"');
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout.trim().split("\n")).toEqual([
      "ci --prefix infra --no-audit --no-fund",
      "run record --prefix infra -- --at HEAD^1 --output reports/infra-from.json",
      "run record --prefix infra -- --output reports/infra-to.json",
    ]);
  });

  it("fails where one side cannot be recorded", async () => {
    expect((await run("diff", "Record the infra", {}, '[ "$1 $6" != "run --at" ] || exit 2')).code).toBe(2);
  });
});

describe("the step that looks whether dist is fresh", () => {
  const files = { "dist/a.yaml": "a", "imports/k8s.ts": "k", ".gitignore": "*.tmp\n", "base/x.ts": "x" };
  const check = (uncommitted: Files) => run("render", "What is rendered", files, "", uncommitted);

  it("passes where all is committed", async () => {
    expect((await check({ "base/x.ts": "edited: of no concern here" })).code).toBe(0);
  });

  it.each([
    ["changed", "dist/a.yaml", "M dist/a.yaml"],
    ["not added", "dist/b.yaml", "?? dist/b.yaml"],
    ["ignored", "dist/b.tmp", "!! dist/b.tmp"],
    ["a generated type that is not added", "imports/new.ts", "?? imports/new.ts"],
  ])("fails where something is %s", async (_, path, said) => {
    const { code, stdout } = await check({ [path]: "other" });
    expect(code).toBe(1);
    expect(stdout).toContain(said);
    expect(stdout).toContain("Fix: make synth, and commit dist");
  });
});

describe("the scripts", () => {
  it("of the workflows have no wrong types", async () => {
    const folder = join(ROOT, ".github/scripts");
    const scripts = readdirSync(folder).map((file) => join(folder, file));
    expect(scripts.length).toBeGreaterThan(5);
    const tsc = join(ROOT, "node_modules/tsgo/bin/tsc");
    const { code, stdout } = await runProgram(process.execPath, [tsc, ...TSC, ...scripts], { cwd: ROOT });
    expect([code, stdout]).toEqual([0, ""]);
  });

  it("of the Azure pipeline are what ShellCheck takes for right", async () => {
    const { shellcheck } = await findLinters();
    if (shellcheck === undefined) return;
    const scripts = AZURE_JOBS.flatMap(({ job, steps }) =>
      steps.map(({ bash }, index) => [`${job}-${index}.sh`, bash] as const),
    );
    const files = Object.fromEntries(
      scripts.filter(([, bash]) => bash).map(([name, bash]) => [name, `#!/usr/bin/env bash\n${bash}\n`]),
    );
    await withFolder(files, async (folder) => {
      const { code, stdout } = await runProgram(shellcheck, Object.keys(files), { cwd: folder });
      expect([code, stdout]).toEqual([0, ""]);
    });
  });
});
