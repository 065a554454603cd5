import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runProgram } from "../../../cli/tools/process";
import { recordCommit } from "../../../infra/record/commit";
import { type Files, withFolder } from "../../cli/folder";
import { runGit } from "../../cli/resolve/repository";

const MAIN = resolve(__dirname, "..", "..", "..", "infra", "record", "main.mjs");

const run = (args: readonly string[], cwd: string) =>
  runProgram(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, FLEET: "", INIT_CWD: cwd } });

describe("the command that records the infra program", () => {
  it("writes what is registered, the same each time", () =>
    withFolder({}, async (folder) => {
      for (const name of ["one.json", "some/two.json"]) {
        const exit = await run(["--output", name, "--fleet", "demo"], folder);
        expect(exit).toMatchObject({ code: 0, stdout: `recorded: ${name}\n`, stderr: "" });
      }
      const [one, two] = ["one.json", "some/two.json"].map((name) => readFileSync(join(folder, name), "utf8"));
      expect(one).toBe(two);
      expect(JSON.parse(one ?? "")).toMatchObject({ resources: expect.any(Array), replacement: expect.any(Object) });
    }));

  it.each([
    [[], "--output FILE is missing"],
    [["--output", "x", "--fleet", "none"], 'there is no preset "none"; there are default'],
    [["--output", "x", "--fast"], "Unknown option '--fast'"],
  ])("refuses %j", (args, message) =>
    withFolder({}, async (folder) => {
      const { code, stderr } = await run(args, folder);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr).toContain("Usage: npm run record --prefix infra");
      expect(readdirSync(folder)).toEqual([]);
    }),
  );
});

describe("another commit", () => {
  /** Takes the place of the command: writes down what it is called with and what it stands among. */
  const fake = `
    import { existsSync, readFileSync, writeFileSync } from "node:fs";
    const [,, ...args] = process.argv;
    const found = ["node_modules/a.js", "infra/node_modules/b.js", "dist/c.yaml"].filter((path) => existsSync(path));
    writeFileSync(args.at(-1), JSON.stringify({ said: readFileSync("said.txt", "utf8"), args, found }));`;
  const files: Files = {
    "said.txt": "then",
    "infra/record/main.mjs": fake,
    "infra/package-lock.json": "{}",
    "package-lock.json": "{}",
    "node_modules/a.js": "",
    "infra/node_modules/b.js": "",
    "dist/c.yaml": "",
    ".gitignore": "node_modules\nbuild\n",
  };

  function inRepository(all: Files, work: (root: string) => Promise<void>): Promise<void> {
    return withFolder(all, async (root) => {
      for (const args of [
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "--message", "then"],
      ])
        runGit(root, args);
      await work(root);
      expect(existsSync(join(root, "build")) ? readdirSync(join(root, "build")) : []).toEqual([]);
    });
  }

  it("is recorded from its own sources, by its own command, with the packages at hand", () =>
    inRepository(files, async (root) => {
      const output = join(root, "out.json");
      await runProgram("sh", ["-c", "echo now > said.txt; echo broken > infra/record/main.mjs"], { cwd: root });
      recordCommit({ root, ref: "HEAD", fleet: "demo", output });
      expect(JSON.parse(readFileSync(output, "utf8"))).toEqual({
        said: "then",
        args: ["--fleet", "demo", "--output", output],
        found: ["node_modules/a.js", "infra/node_modules/b.js"],
      });
    }));

  it("from before there was a command is recorded by the one at hand", () => {
    const { "infra/record/main.mjs": _, ...before } = files;
    return inRepository(before, async (root) => {
      const output = join(root, "out.json");
      await runProgram("mkdir", ["-p", "infra/record"], { cwd: root });
      await runProgram("sh", ["-c", `cat > infra/record/main.mjs << 'END'\n${fake}\nEND`], { cwd: root });
      recordCommit({ root, ref: "HEAD", fleet: "demo", output });
      expect(JSON.parse(readFileSync(output, "utf8"))).toMatchObject({ said: "then" });
    });
  });

  it.each([
    ["does not exist", files, "nope", /^nope cannot be taken from Git: .*not a valid object name/],
    [
      "does not record",
      { ...files, "infra/record/main.mjs": 'console.error("no such region"); process.exit(2);' },
      "HEAD",
      /^HEAD cannot be recorded: no such region$/,
    ],
  ])("that %s is an error", (_, all, ref, message) =>
    inRepository(all, async (root) => {
      const output = join(root, "out.json");
      expect(() => recordCommit({ root, ref, fleet: "demo", output })).toThrow(message);
    }),
  );
});
