import { existsSync } from "node:fs";
import { join } from "node:path";
import { copyRepository, type Exit, PATIENCE, type Repository, runNode, treeOf } from "./repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
let expected: Readonly<Record<string, string>>;

beforeAll(async () => {
  repository = copyRepository();
  expect(await repository.run(["synth", "--no-validate"])).toMatchObject({ code: 0, stderr: "" });
  expected = treeOf(join(repository.root, "dist"));
});

afterAll(() => repository.remove());

/** What `npx cdk8s synth` does, without npm's own messages and without a look for newer versions. */
function cdk8s(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Exit> {
  const program = join(repository.root, "node_modules", "cdk8s-cli", "bin", "cdk8s");
  return runNode([program, "synth", ...args], repository.root, { env: { CDK8S_CHECK_UPGRADE: "false", ...env } });
}

const output = () => join(repository.root, "build", "cdk8s");

/** ts-node checks the types of everything, once is enough. */
const FAST = { TS_NODE_TRANSPILE_ONLY: "true", TS_NODE_COMPILER_OPTIONS: '{"rootDir":"."}' };

it("the stock CLI renders the same files, beside dist", async () => {
  const exit = await cdk8s();
  expect(exit.stderr.replace(/^npm warn .*\n/gm, "")).toBe("");
  expect(exit.code).toBe(0);
  expect(exit.stdout).toContain("build/cdk8s/mgmt/");
  expect(treeOf(output())).toEqual(expected);
  expect(treeOf(join(repository.root, "dist"))).toEqual(expected);
});

it("the stock CLI fails when the app does, and tells its reason", async () => {
  const back = repository.edit("clusters/mgmt.ts", (text) =>
    text.replace("=> ({})", '=> { throw new Error("no budget"); }'),
  );
  try {
    const exit = await cdk8s(FAST);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toContain("The fleet does not render:\nclusters/mgmt.ts: no budget\n");
    expect(existsSync(output())).toBe(false);
    expect(treeOf(join(repository.root, "dist"))).toEqual(expected);
  } finally {
    back();
  }
});

it("the app by itself renders the fleet that it is told, to dist", async () => {
  const demo = join(repository.root, "demo");
  expect((await repository.run(["synth", "--no-validate", "--fleet", "demo", "--dist", demo])).code).toBe(0);
  const exit = await runNode(["-r", "ts-node/register", "main.ts"], repository.root, {
    env: { ...FAST, FLEET: "demo" },
  });
  expect(exit).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(treeOf(join(repository.root, "dist"))).toEqual(treeOf(demo));
});
