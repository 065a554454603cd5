import { copyFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { runGit } from "./resolve/repository";
import { copyRepository, PATIENCE, type Repository, ROOT } from "./synth/repository";

const SOURCE = "clusters/app1.ts";
const RENDERED = "dist/app1/workloads-storefront/virtualservice.storefront.storefront.yaml";

let repository: Repository;
let git: (...args: string[]) => string;

beforeAll(() => {
  repository = copyRepository();
  for (const file of [".gitattributes", ".gitignore"]) copyFileSync(join(ROOT, file), join(repository.root, file));
  cpSync(join(ROOT, "dist"), join(repository.root, "dist"), { recursive: true });
  git = (...args) => {
    const { status, stdout, stderr } = runGit(repository.root, args);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  };
}, PATIENCE);

afterAll(() => repository.remove());

async function synth(): Promise<void> {
  const { code, stderr } = await repository.run(["synth", "--no-validate"]);
  if (code !== 0) throw new Error(stderr);
}

/** Changes a line of the source, renders, commits. */
async function change(from: string, to: string): Promise<void> {
  repository.edit(SOURCE, (text) => text.replace(from, to));
  await synth();
  git("commit", "--quiet", "--all", "--message", to);
}

describe("npm run resolve, in a copy of this repository", () => {
  it(
    "merges two branches whose sources agree and whose dist does not",
    async () => {
      git("init", "--quiet", "--initial-branch=main");
      await synth();
      git("add", "--all");
      git("commit", "--quiet", "--message", "start");
      git("checkout", "--quiet", "-b", "topic");
      await change("weight: 10", "weight: 20");
      git("checkout", "--quiet", "main");
      await change('timeout: "5s"', 'timeout: "8s"');
      runGit(repository.root, ["merge", "topic"]);
      expect(git("diff", "--name-only", "--diff-filter=U")).toBe(`${RENDERED}\n`);

      const checked = await repository.run(["resolve", "--check"]);
      expect([checked.code, checked.stderr]).toEqual([1, expect.stringContaining(RENDERED)]);

      // What FLEET and DIST say must not matter: what is committed is the default preset in dist.
      const { code, stdout, stderr } = await repository.run(["resolve"], { env: { FLEET: "demo", DIST: "elsewhere" } });
      expect([code, stderr]).toEqual([0, expect.stringContaining("git merge --continue")]);
      expect(stdout).toContain("objects in dist, validated by");
      expect(git("show", `:${RENDERED}`)).toMatch(/weight: 20\n {4}timeout: 8s\n/);

      git("commit", "--quiet", "--no-edit");
      expect(git("status", "--porcelain")).toBe("");
      expect((await repository.run(["resolve", "--check"])).code).toBe(0);
      expect(await repository.run(["resolve"])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("no merge or rebase is under way"),
      });
    },
    PATIENCE,
  );

  it(
    "names the sources in conflict, although they do not compile",
    async () => {
      git("checkout", "--quiet", "-b", "other", "HEAD");
      await change('timeout: "8s"', 'timeout: "9s"');
      git("checkout", "--quiet", "main");
      await change('timeout: "8s"', 'timeout: "7s"');
      runGit(repository.root, ["merge", "other"]);
      const { code, stderr } = await repository.run(["resolve"]);
      expect(code).toBe(1);
      expect(stderr).toContain(`A person must resolve these first`);
      expect(stderr).toContain(`\n  ${SOURCE}\n`);
      expect(git("diff", "--name-only", "--diff-filter=U").split("\n")).toContain(RENDERED);
    },
    PATIENCE,
  );

  it("explains itself, and refuses what it does not know", async () => {
    expect(await repository.run(["resolve", "--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Usage:"),
    });
    expect(await repository.run(["resolve", "--all"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Usage:"),
    });
  });
});
