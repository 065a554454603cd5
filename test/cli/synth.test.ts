import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARK } from "../../cli/tree/folder";
import { copyRepository, type Exit, PATIENCE, type Repository, type RunOptions, treeOf } from "./synth/repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
let elsewhere: string;
const synth = (args: readonly string[], options?: RunOptions): Promise<Exit> =>
  repository.run(["synth", ...args], options);

beforeAll(async () => {
  repository = copyRepository();
  elsewhere = repository.folder();
  expect((await synth([])).code).toBe(0);
});

afterAll(() => repository.remove());

describe("what it prints", () => {
  it("is one table, and what validated it", async () => {
    const { stdout } = await synth([]);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^CLUSTER +COMPONENTS +OBJECTS +CHANGES$/);
    expect(lines.slice(1, 4).map((line) => line.split(/ +/)[0])).toEqual(["mgmt", "app1", "app2"]);
    for (const line of lines.slice(1, 4)) expect(line).toMatch(/^\w+ +\d+ +\d+ {2}none$/);
    expect(lines[5]).toMatch(/^\d+ objects in dist, validated by .+; rendered in \d+\.\d\d s, all in \d+\.\d\d s$/);
  });

  it("counts what changed", async () => {
    const dist = join(elsewhere, "changed");
    await synth(["--no-validate", "--dist", dist]);
    rmSync(join(dist, "app1", "flux-system"), { recursive: true });
    writeFileSync(join(dist, "app2", "stray.yaml"), "x");
    const { stdout } = await synth(["--no-validate", "--dist", dist]);
    expect(stdout).toMatch(/^mgmt .* none$/m);
    expect(stdout).toMatch(/^app1 .* \d+ added$/m);
    expect(stdout).toMatch(/^app2 .* 1 removed$/m);
    expect(stdout).toMatch(/NOT VALIDATED/);
  });

  it("is JSON when asked for", async () => {
    const { code, stdout } = await synth(["--json", "--fleet", "demo", "--dist", join(elsewhere, "json")]);
    expect(code).toBe(0);
    const [mgmt] = JSON.parse(stdout).clusters;
    expect(JSON.parse(stdout)).toEqual({
      fleet: "demo",
      dist: join(elsewhere, "json"),
      clusters: ["mgmt", "app1", "app2"].map((cluster) => expect.objectContaining({ cluster, changed: 0, removed: 0 })),
      engine: expect.stringMatching(/^(kubeconform v|the built-in check)/),
      milliseconds: { render: expect.any(Number), all: expect.any(Number) },
    });
    expect(mgmt.added).toBe(mgmt.objects);
  });
});

describe("where it renders to", () => {
  it("is dist of the repository, wherever it is started", async () => {
    rmSync(join(repository.root, "dist"), { recursive: true });
    const { code, stdout } = await synth(["--no-validate"], { cwd: elsewhere });
    expect(code).toBe(0);
    expect(stdout).toContain(" objects in dist, ");
    expect(readdirSync(join(repository.root, "dist"))).toEqual([MARK.file, "app1", "app2", "mgmt"]);
  });

  it.each([
    ["--dist", ["--dist", "rel"], {}],
    ["$DIST", [], { DIST: "rel" }],
    ["--dist before $DIST", ["--dist", "rel"], { DIST: "other" }],
    ["--dist, whatever an outer npm says", ["--dist", "rel"], { INIT_CWD: "/nowhere" }],
  ])("is, by %s, below the folder that it is started in", async (_, args, env) => {
    const cwd = mkdtempSync(join(elsewhere, "cwd-"));
    expect(await synth(["--no-validate", ...args], { cwd, env })).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(cwd)).toEqual(["rel"]);
    expect(readdirSync(join(cwd, "rel"))).toHaveLength(4);
  });

  it("is below the person's folder when npm starts it in the repository", async () => {
    const cwd = mkdtempSync(join(elsewhere, "cwd-"));
    const env = { INIT_CWD: cwd };
    expect(await synth(["--no-validate", "--dist", "rel"], { env })).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(cwd)).toEqual(["rel"]);
  });
});

describe("which fleet it renders", () => {
  it.each([
    ["--fleet", ["--fleet", "demo"], {}],
    ["$FLEET", [], { FLEET: "demo" }],
    ["--fleet before $FLEET", ["--fleet", "demo"], { FLEET: "nosuch" }],
  ])("is chosen by %s", async (_, args, env) => {
    const dist = mkdtempSync(join(elsewhere, "dist-"));
    const { stdout } = await synth(["--no-validate", "--json", "--dist", dist, ...args], { env });
    expect(JSON.parse(stdout).fleet).toBe("demo");
  });

  it("is the default one where $FLEET is empty", async () => {
    const { stdout } = await synth(["--check", "--json"], { env: { FLEET: "" } });
    expect(JSON.parse(stdout).fleet).toBe("default");
  });

  it("must be one that there is", async () => {
    const exit = await synth(["--fleet", "nosuch"]);
    expect(exit).toMatchObject({ code: 2, stdout: "" });
    expect(exit.stderr).toMatch(/^there is no preset "nosuch"; clusters\/presets has default, demo\n/);
  });

  it("can be the demo fleet, whose tree is valid, too", async () => {
    const exit = await synth([], { env: { FLEET: "demo", DIST: join(elsewhere, "demo") } });
    expect(exit.code).toBe(0);
    expect(exit.stdout).toMatch(/, validated by /);
  });
});

describe("what it takes", () => {
  it("is told by --help", async () => {
    for (const flag of ["--help", "-h"]) {
      const exit = await synth([flag]);
      expect(exit).toMatchObject({ code: 0, stderr: "" });
      expect(exit.stdout).toMatch(/^Renders every cluster.*Exit codes: 0 /s);
    }
  });

  it.each([["--nosuch"], ["stray"], ["--fleet"], ["--check=yes"]])(
    "is not %s, and the help comes with that",
    async (arg) => {
      const exit = await synth([arg]);
      expect(exit).toMatchObject({ code: 2, stdout: "" });
      expect(exit.stderr).toContain("Usage: npm run synth");
    },
  );
});

describe("--check", () => {
  const check = (dist: string, ...more: readonly string[]) =>
    synth(["--check", "--no-validate", "--dist", dist, ...more]);
  let dist: string;
  beforeEach(async () => {
    dist = join(mkdtempSync(join(elsewhere, "check-")), "dist");
    await synth(["--no-validate", "--dist", dist]);
  });

  it("succeeds where the folder is what the sources render, and touches nothing", async () => {
    expect(await check(dist)).toMatchObject({ code: 0, stdout: `${dist} is what the sources render.\n`, stderr: "" });
    expect(JSON.parse((await check(dist, "--json")).stdout)).toEqual({ fleet: "default", dist, differing: [] });
  });

  it("fails where it is not, names each file, and touches nothing", async () => {
    const [gone, edited] = ["mgmt/storage-classes", "app1/flux-system/kustomization.flux-system.namespaces.yaml"];
    rmSync(join(dist, gone), { recursive: true });
    writeFileSync(join(dist, edited), "edited");
    mkdirSync(join(dist, "app9"));
    const strays = ["app1/stray.yaml", "app2/flux-system/notes.md", "app9/README.md", "stray.txt"];
    for (const stray of strays) writeFileSync(join(dist, stray), "stray");
    const before = treeOf(dist);
    const exit = await check(dist);
    expect(exit).toMatchObject({ code: 1, stdout: "" });
    const [heading, ...files] = exit.stderr.trim().split("\n");
    expect(heading).toBe(
      `${dist} is not what the sources render. Fix: run \`make synth\` and commit the result. Differing files:`,
    );
    const named = files.map((file) => file.trim().slice(dist.length + 1));
    expect(named).toEqual([...named].sort());
    expect(named.filter((file) => !file.startsWith(`${gone}/`))).toEqual([edited, ...strays].sort());
    expect(named.filter((file) => file.startsWith(`${gone}/`)).length).toBeGreaterThan(0);
    expect(JSON.parse((await check(dist, "--json")).stdout).differing).toEqual(named);
    expect(treeOf(dist)).toEqual(before);
  });

  it("fails where there is no folder", async () => {
    rmSync(dist, { recursive: true });
    expect((await check(dist)).code).toBe(1);
    expect(readdirSync(join(dist, ".."))).toEqual([]);
  });
});
