import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isImported, isRendered } from "../../../cli/resolve/generated";
import { stateOf } from "../../../cli/resolve/state";
import { RENDERED, type Repository, runGit, SOURCE, withRepository } from "./repository";

const ROOT = join(__dirname, "..", "..", "..");

function commit({ git, write }: Repository, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) write(path, content);
  git("add", "--all");
  git("commit", "--quiet", "--message", "by hand");
}

/** Merges `topic`, which has other content in these files than `main`. */
function collide(repository: Repository, paths: readonly string[]): void {
  const side = (name: string) => Object.fromEntries(paths.map((path) => [path, `${name}'s ${path}`]));
  repository.git("checkout", "--quiet", "-b", "topic");
  commit(repository, side("topic"));
  repository.git("checkout", "--quiet", "main");
  commit(repository, side("main"));
  repository.conflict("merge", "topic");
}

describe("a conflict that a person must resolve", () => {
  it("is named, and nothing is changed", () =>
    withRepository(async (repository) => {
      collide(repository, [SOURCE.image, RENDERED, "package-lock.json"]);
      const before = repository.snapshot();
      const { code, commands, said } = await repository.resolve();
      expect(code).toBe(1);
      expect(commands).toEqual([]);
      expect(said).toMatch(/^Nothing was changed\. A person must resolve these first/);
      expect(said).toContain(`\n  ${SOURCE.image}\n`);
      expect(said).toContain("package-lock.json  (take either side, then `npm install --package-lock-only`)");
      expect(said).toContain("which resolves the generated files (1)");
      expect(said).not.toContain(RENDERED);
      expect(repository.snapshot()).toBe(before);
    }));

  it("is followed by the rest once it is resolved", () =>
    withRepository(async (repository) => {
      collide(repository, [SOURCE.image, RENDERED]);
      expect((await repository.resolve()).code).toBe(1);
      repository.write(SOURCE.image, "3");
      repository.git("add", SOURCE.image);
      expect((await repository.resolve()).code).toBe(0);
      expect(repository.unmerged()).toEqual([]);
      expect(repository.read(RENDERED)).toBe("image: 3\nreplicas: 1\n");
    }));

  it("may lie beside the project in a larger repository", () =>
    withRepository(async (repository) => {
      collide(repository, ["../other/dist/app1/web.yaml", RENDERED]);
      const { code, said } = await repository.resolve();
      expect(code).toBe(1);
      expect(said).toContain("\n  ../other/dist/app1/web.yaml");
    }, "fleet"));

  it("is one where something else has taken the folder's place", () =>
    withRepository(async ({ git, root, conflict, change, resolve }) => {
      git("checkout", "--quiet", "-b", "topic");
      rmSync(join(root, "dist"), { recursive: true });
      symlinkSync("elsewhere", join(root, "dist"));
      git("add", "--all");
      git("commit", "--quiet", "--message", "link");
      git("checkout", "--quiet", "main");
      change("image", "2");
      conflict("merge", "topic");
      const { code, commands, said } = await resolve();
      expect([code, commands]).toEqual([1, []]);
      expect(said).toMatch(/^ {2}dist(~\w+)?( |$)/m);
    }));
});

describe("generated types and schemas", () => {
  it("are generated anew before rendering, and staged; what people wrote among them is not touched", () =>
    withRepository(async (repository) => {
      commit(repository, { "imports/sources.ts": "sources" });
      collide(repository, ["imports/k8s.ts", "imports/schemas/core/pod_v1.json", RENDERED]);
      repository.write("imports/sources.ts", "edited, not added");
      const { code, commands } = await repository.resolve();
      expect(code).toBe(0);
      expect(commands.map((command) => command.split(" ")[0])).toEqual(["import", "synth"]);
      expect(repository.unmerged()).toEqual([]);
      expect(repository.git("show", ":imports/k8s.ts")).toBe("// generated from edited, not added");
      expect(repository.git("show", ":imports/sources.ts")).toBe("sources");
    }));

  it("are for a person where the list of their sources is in conflict", () =>
    withRepository(async (repository) => {
      collide(repository, ["imports/sources.ts", "imports/k8s.ts"]);
      expect(await repository.resolve()).toMatchObject({ code: 1, commands: [] });
    }));

  it("are the ones that the repository has", () => {
    const files = runGit(ROOT, ["ls-files", "-z", "imports"]).stdout.split("\0").filter(Boolean);
    const written = files.filter((file) => !isImported(file) && !file.startsWith("imports/crds/"));
    expect(written).toEqual(["imports/biome.jsonc", "imports/sources.ts"]);
    expect(files.filter(isImported).length).toBeGreaterThan(10);
    expect(["dist", "distribution/a", "base/dist/a"].filter(isRendered)).toEqual([]);
  });
});

describe("--check", () => {
  it("says what the command would resolve, and changes nothing", () =>
    withRepository(async ({ diverge, conflict, resolve, snapshot }) => {
      diverge();
      conflict("merge", "topic");
      const before = snapshot();
      const { code, commands, said } = await resolve({ check: true });
      expect([code, commands]).toEqual([1, []]);
      expect(said).toBe(
        `In conflict, all generated. Fix: \`make resolve\`, which renders and stages them:\n  ${RENDERED}`,
      );
      expect(snapshot()).toBe(before);
    }));

  it("asks without conflict whether dist is what the sources render", () =>
    withRepository(async ({ resolve, write }) => {
      expect(await resolve({ check: true })).toMatchObject({
        code: 0,
        commands: ["synth --check --fleet default --dist dist"],
      });
      write(SOURCE.replicas, "9");
      expect((await resolve({ check: true })).code).toBe(1);
    }));
});

describe("when it does not work", () => {
  it.each([1, 2, 130])("passes on that rendering failed (%i), with nothing staged", (fails) =>
    withRepository(async ({ diverge, conflict, git, resolve }) => {
      diverge();
      conflict("merge", "topic");
      const before = git("ls-files", "--stage");
      const { code, said } = await resolve({ fails });
      expect(code).toBe(fails);
      expect(said).toBe(
        fails === 130
          ? ""
          : "The merged sources do not give dist; nothing was staged. Fix: mend what is said above, then run this again.",
      );
      expect(git("ls-files", "--stage")).toBe(before);
    }),
  );

  it("says so where the index is locked", () =>
    withRepository(async ({ diverge, conflict, write, resolve }) => {
      diverge();
      conflict("merge", "topic");
      write(".git/index.lock", "");
      await expect(resolve()).rejects.toThrow(/index\.lock/);
    }));

  it("says so outside a repository", async () => {
    const folder = mkdtempSync(join(tmpdir(), "resolve-"));
    try {
      await expect(stateOf(folder)).rejects.toThrow(/is in no Git working tree.*Fix: run it in a clone/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
