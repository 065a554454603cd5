import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import {
  type Exit,
  notRun,
  PATIENCE,
  ROOT,
  type RunOptions,
  runNode,
  TEMPORARY,
  unprivileged,
} from "./synth/repository";

jest.setTimeout(PATIENCE);

let root: string;

const SOURCES: Readonly<Record<string, string>> = {
  "cli/hello.ts": `import { word } from "./word";

export async function run(args: readonly string[]): Promise<number> {
  console.log(JSON.stringify({ word, args, cwd: process.cwd(), from: process.env["INIT_CWD"], overlays: overlays() }));
  return args.includes("fail") ? 3 : 0;
}

function overlays(): readonly string[] {
  return ["app1", "app3"].filter((name) => {
    try {
      return require(\`../clusters/\${name}.ts\`);
    } catch {
      return false;
    }
  });
}
`,
  "cli/word.ts": 'export const word: string = "one";\n',
  "cli/starts.ts": `import { spawnSync } from "node:child_process";

export function run(): number {
  const { execFileSync } = require("child_process");
  console.log(String(execFileSync("echo", ["one"])) + spawnSync("echo", ["two"]).stdout);
  return spawnSync("sh", ["-c", "exit 4"]).status ?? 1;
}
`,
  "cli/late.ts": `import { createHash } from "node:crypto";
import * as all from "node:zlib";
import whole, { gunzipSync } from "node:zlib";

// As TypeScript compiles imports in packages.
const compiled = (module: any) => (module.__esModule ? module : { ...module, default: module });
const crypto = compiled(require("crypto"));
const isLoaded = (id: string) => (process as any).moduleLoadList.includes("NativeModule " + id);

export function run(): number {
  const before = isLoaded("crypto");
  const digests = [createHash, crypto.createHash, crypto.default.createHash].map((hash) => hash("sha1").digest("hex"));
  const texts = [all.gunzipSync, whole.gunzipSync, gunzipSync].map((unpack) => String(unpack(all.gzipSync("text"))));
  console.log(JSON.stringify({ before, after: isLoaded("crypto"), digests: new Set(digests).size, texts }));
  return 0;
}
`,
  "cli/tells.ts": 'export function run() { process.stdout.write("word ".repeat(1_000_000)); return 5; }\n',
  "cli/waits.ts": "export const run = () => new Promise(() => {});\n",
  "cli/throws.ts": 'export const run = () => { throw new Error("a defect"); };\n',
  "clusters/app1.ts": "export const overlay = 1;\n",
  "package-lock.json": "{}",
};

/** Each test has a small repository of its own: the launcher, two commands, and the packages. */
beforeEach(() => {
  root = join(mkdtempSync(join(TEMPORARY, "launcher-")), "repository");
  for (const [path, text] of Object.entries(SOURCES)) write(path, text);
  cpSync(join(ROOT, "cli", "run.cjs"), join(root, "cli", "run.cjs"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
});

afterEach(() => rmSync(dirname(root), { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const start = (args: readonly string[], options?: RunOptions): Promise<Exit> =>
  runNode([...(options?.node ?? []), join(root, "cli", "run.cjs"), ...args], root, options);

async function said(args: readonly string[] = [], options?: RunOptions): Promise<Record<string, unknown>> {
  const exit = await start(["hello", ...args], options);
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(exit.stdout);
}

const built = (): readonly string[] => readdirSync(join(root, "build")).sort();
const bundles = (): readonly string[] => built().filter((name) => name.endsWith(".cjs"));

describe("a command", () => {
  it("gets its arguments, runs in the repository, and gives its exit code", async () => {
    expect(await said(["a", "--b", ""])).toMatchObject({ word: "one", args: ["a", "--b", ""], cwd: root, from: root });
    expect((await start(["hello", "fail"])).code).toBe(3);
  });

  it("learns where the person is, whoever starts it", async () => {
    const cwd = dirname(root);
    expect(await said([], { cwd })).toMatchObject({ cwd: root, from: cwd });
    expect(await said([], { cwd, env: { INIT_CWD: "/nowhere" } })).toMatchObject({ cwd: root, from: cwd });
    expect(await said([], { env: { INIT_CWD: cwd } })).toMatchObject({ cwd: root, from: cwd });
  });

  it("that there is not is told with those that there are, without their parts", async () => {
    for (const [args, wrong] of [
      [["nosuch"], 'There is no command "nosuch". '],
      [["word"], 'There is no command "word". '],
      [["../cli/hello"], 'There is no command "../cli/hello". '],
      [[], ""],
    ] as const) {
      expect(await start(args)).toMatchObject({
        code: 2,
        stdout: "",
        stderr: `${wrong}Usage: node cli/run.cjs COMMAND [OPTION...]\nCommands: hello, late, starts, tells, throws, waits; each explains itself with --help\n`,
      });
    }
  });

  it("that has a defect fails", async () => {
    const exit = await start(["throws"]);
    expect(exit.code).not.toBe(0);
    expect(exit.stderr).toContain("a defect");
  });

  it("that waits for what never comes fails", async () => {
    expect((await start(["waits"])).code).not.toBe(0);
  });

  it("starts programs, though what starts them is loaded late", async () => {
    expect(await start(["starts"])).toMatchObject({ code: 4, stdout: "one\ntwo\n\n", stderr: "" });
  });
});

it("what a command loads late is the same whichever way it is imported", async () => {
  await start(["late"]); // Makes the bundle, which takes cryptography.
  const exit = await start(["late"]);
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(exit.stdout)).toEqual({ before: false, after: true, digests: 1, texts: ["text", "text", "text"] });
});

it("a command that is done leaves nothing unsaid", async () => {
  const exit = await start(["tells"]);
  expect(exit).toMatchObject({ code: 5, stderr: "" });
  expect(exit.stdout).toHaveLength(5_000_000);
});

describe("a bundle", () => {
  it("is made once, with the code that V8 compiled", async () => {
    await said();
    const files = built();
    expect(files).toEqual([
      expect.stringMatching(/^hello-[0-9a-f]{16}\.cjs$/),
      // V8 takes the code of another patch release of Node for its own, and runs something else than the source.
      expect.stringMatching(new RegExp(`^hello-[0-9a-f]{16}\\.cjs\\.${process.version}-${process.arch}\\.v8$`)),
      "hello.inputs.json",
    ]);
    const times = () => built().map((file) => statSync(join(root, "build", file)).mtimeMs);
    const before = times();
    await said();
    expect(built()).toEqual(files);
    expect(times()).toEqual(before);
  });

  it("is made anew when a source changed, even to one of the same length", async () => {
    await said();
    await said();
    write("cli/word.ts", 'export const word: string = "two";\n');
    expect(await said()).toMatchObject({ word: "two" });
    expect(await said()).toMatchObject({ word: "two" });
    write("cli/word.ts", 'export const word: string = "one";\n');
    expect(await said()).toMatchObject({ word: "one" });
    expect(bundles()).toHaveLength(2);
  });

  it("is made anew when there is a new overlay, or one less", async () => {
    expect(await said()).toMatchObject({ overlays: ["app1"] });
    write("clusters/app3.ts", "export const overlay = 3;\n");
    expect(await said()).toMatchObject({ overlays: ["app1", "app3"] });
    rmSync(join(root, "clusters", "app1.ts"));
    expect(await said()).toMatchObject({ overlays: ["app3"] });
  });

  it("is made anew when packages or the launcher changed", async () => {
    await said();
    const record = () => readFileSync(join(root, "build", "hello.inputs.json"), "utf8");
    for (const file of ["package-lock.json", "cli/run.cjs"]) {
      const before = record();
      write(file, `${readFileSync(join(root, file), "utf8")}\n`);
      await said();
      expect(record()).not.toBe(before);
    }
  });

  it("is not trusted when a source was edited while it was made", async () => {
    const soon = Date.now() / 1000 + 3600;
    utimesSync(join(root, "cli", "word.ts"), soon, soon);
    await said();
    expect(JSON.parse(readFileSync(join(root, "build", "hello.inputs.json"), "utf8")).print).toBe("edited meanwhile");
    expect(await said()).toMatchObject({ word: "one" });
  });

  it("is made anew when what is kept of it is broken or gone", async () => {
    await said();
    const [bundle = "", code = "", record = ""] = built();
    for (const [file, text] of [
      [record, "{"],
      [record, "null"],
      [record, "{}"],
      [code, "no code"],
    ] as const) {
      write(join("build", file), text);
      expect(await said()).toMatchObject({ word: "one" });
    }
    rmSync(join(root, "build", bundle));
    expect(await said()).toMatchObject({ word: "one" });
  });

  it("is made by many at once without harm", async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => said()));
    for (const one of all) expect(one).toMatchObject({ word: "one" });
    expect(built()).toHaveLength(3);
  });

  it("that is old goes an hour later, and so does what killed runs left", async () => {
    await said();
    const [first = ""] = bundles();
    const long = Date.now() / 1000 - 7200;
    for (const name of [first, "hello-00.cjs.77.tmp", "other-0.cjs", "hello.cjs"]) {
      if (name !== first) write(join("build", name), "");
      utimesSync(join(root, "build", name), long, long);
    }
    write("build/hello-11.cjs.78.tmp", "");
    write("cli/word.ts", 'export const word = "two";\n');
    await said();
    expect(built()).not.toEqual(expect.arrayContaining([first]));
    expect(built()).not.toContain("hello-00.cjs.77.tmp");
    expect(built()).not.toContain("hello.cjs");
    expect(built()).toEqual(expect.arrayContaining(["hello-11.cjs.78.tmp", "other-0.cjs"]));
  });

  it("that does not compile is told with file, line and column, and the last one is not run", async () => {
    await said();
    write("cli/word.ts", "export const word = ;\n");
    const exit = await start(["hello"]);
    expect(exit).toMatchObject({ code: 2, stdout: "" });
    expect(exit.stderr).toMatch(/^The sources of "hello" do not compile:\n/);
    expect(exit.stderr).toContain("cli/word.ts:1:20:");
  });

  it("that cannot be written is told so, and not taken for one that does not compile", async () => {
    chmodSync(dirname(root), 0o755);
    const person = unprivileged(root);
    if (!person) return notRun("no process without root's rights could be started here");
    mkdirSync(join(root, "build"), { mode: 0o555 });
    const exit = await start(["hello"], person);
    expect(exit).toMatchObject({ code: 2, stdout: "" });
    expect(exit.stderr).toMatch(
      /^"hello" cannot be bundled into \S+\/build: EACCES.*\. Fix: make the folder writable\n$/,
    );
  });
});

describe("what it needs", () => {
  it.each(["18.20.8", "20.18.3", "16.0.0"])("is a newer Node than %s", async (version) => {
    write("old.cjs", `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });\n`);
    const exit = await start(["hello"], { node: ["-r", join(root, "old.cjs")] });
    expect(exit).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `Node 20.19 or newer is needed, this is ${version}. Fix: install a current Node LTS from https://nodejs.org\n`,
    });
  });

  it.each(["20.19.0", "22.0.0"])("is no newer Node than %s", async (version) => {
    write("old.cjs", `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });\n`);
    expect(await said([], { node: ["-r", join(root, "old.cjs")] })).toMatchObject({ word: "one" });
  });

  it("is as package.json says", () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(engines.node).toBe(">=20.19");
  });

  it("is the packages", async () => {
    rmSync(join(root, "node_modules"));
    expect(await start(["hello"])).toMatchObject({
      code: 2,
      stderr: "The npm packages are not installed. Fix: npm ci (or `make setup`)\n",
    });
  });
});

test.each(["--help", "-h"])("%s is answered on standard output", async (flag) => {
  const exit = await runNode([join(ROOT, "cli", "run.cjs"), flag], ROOT);
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  expect(exit.stdout).toMatch(/^Usage: /);
});

test("every command of this repository explains itself", async () => {
  const { stdout } = await runNode([join(ROOT, "cli", "run.cjs"), "--help"], ROOT);
  const commands = /^Commands: (.*);/m.exec(stdout)?.[1]?.split(", ") ?? [];
  expect(commands).toEqual(expect.arrayContaining(["bench", "import", "synth", "validate"]));
  for (const command of commands) {
    const exit = await runNode([join(ROOT, "cli", "run.cjs"), command, "--help"], ROOT);
    expect(exit).toMatchObject({ code: 0, stderr: "" });
    expect(exit.stdout).toMatch(/--help/);
  }
});
