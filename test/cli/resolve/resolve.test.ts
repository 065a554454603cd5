import { existsSync } from "node:fs";
import { join } from "node:path";
import { RENDERED, SOURCE, withRepository } from "./repository";

const MERGED = "image: 2\nreplicas: 9\n";

describe("a conflict in dist alone", () => {
  it.each([
    { under: "merge", begin: ["merge", "topic"], next: "git merge --continue" },
    { under: "rebase", begin: ["rebase", "topic"], next: "git rebase --continue" },
    { under: "cherry-pick", begin: ["cherry-pick", "topic"], next: "git cherry-pick --continue" },
  ])("is resolved in a $under: rendered from the merged sources, staged, not committed", ({ begin, next }) =>
    withRepository(async ({ git, conflict, diverge, read, resolve, unmerged }) => {
      diverge();
      conflict(...begin);
      expect(unmerged()).toEqual([RENDERED]);
      const head = git("rev-parse", "HEAD");

      const { code, commands, said } = await resolve();

      expect(code).toBe(0);
      expect(commands).toEqual(["synth --fleet default --dist dist"]);
      expect(read(RENDERED)).toBe(MERGED);
      expect(unmerged()).toEqual([]);
      expect(git("show", `:${RENDERED}`)).toBe(MERGED);
      expect(git("rev-parse", "HEAD")).toBe(head);
      expect(said).toContain(next);
      expect(said).toContain("1 conflict is resolved");

      git(...next.split(" ").slice(1));
      expect(git("status", "--porcelain")).toBe("");
      expect(git("show", `HEAD:${RENDERED}`)).toBe(MERGED);
    }),
  );

  it("is resolved in a revert", () =>
    withRepository(async ({ git, conflict, change, read, resolve }) => {
      change("image", "2");
      change("replicas", "9");
      conflict("revert", "--no-edit", "HEAD~1");
      expect((await resolve()).said).toContain("git revert --continue");
      expect(read(RENDERED)).toBe("image: 1\nreplicas: 9\n");
      git("revert", "--continue");
    }));

  it("is resolved after `git am --3way`, which leaves no marks of a merge", () =>
    withRepository(async ({ git, conflict, diverge, resolve, unmerged }) => {
      diverge();
      git("format-patch", "-1", "topic", "--output", "topic.patch");
      conflict("am", "--3way", "topic.patch");
      expect(unmerged()).toEqual([RENDERED]);
      expect((await resolve()).said).toContain("git am --continue");
    }));

  it("is resolved after `git stash pop`, which is no operation that goes on", () =>
    withRepository(async ({ git, conflict, change, write, read, render, resolve, unmerged }) => {
      write(SOURCE.replicas, "9");
      render();
      git("stash");
      change("image", "2");
      conflict("stash", "pop");
      expect((await resolve()).code).toBe(0);
      expect(unmerged()).toEqual([]);
      expect(read(RENDERED)).toBe(MERGED);
    }));

  it("is resolved where one side no longer renders the file", () =>
    withRepository(async ({ git, conflict, change, write, resolve, unmerged, root }) => {
      git("checkout", "--quiet", "-b", "topic");
      write("dist/app1/old.yaml", "kept by topic");
      git("add", "--all");
      git("commit", "--quiet", "--message", "topic");
      git("checkout", "--quiet", "-b", "other");
      write("dist/app1/old.yaml", "changed by other");
      git("commit", "--quiet", "--all", "--message", "other");
      git("checkout", "--quiet", "topic");
      change("image", "2");
      conflict("merge", "other");
      expect(unmerged()).toEqual(["dist/app1/old.yaml"]);
      expect((await resolve()).code).toBe(0);
      expect(unmerged()).toEqual([]);
      expect(existsSync(join(root, "dist/app1/old.yaml"))).toBe(false);
      expect(git("ls-files", "dist")).not.toContain("old.yaml");
    }));

  it("is resolved where a file on one side is a folder on the other, and names are odd", () =>
    withRepository(async ({ git, conflict, change, write, resolve, unmerged }) => {
      const odd = 'dist/app1/ü "x"\n.yaml';
      const commit = () => {
        git("add", "--all");
        git("commit", "--quiet", "--message", "by hand");
      };
      git("checkout", "--quiet", "-b", "topic");
      write("dist/app1/place", "a file");
      write(odd, "topic");
      commit();
      git("checkout", "--quiet", "main");
      write("dist/app1/place/in-it.yaml", "a file in a folder");
      write(odd, "main");
      commit();
      conflict("merge", "topic");
      expect(unmerged()).toContain(odd);
      expect((await resolve()).code).toBe(0);
      expect(unmerged()).toEqual([]);
      expect(git("ls-files", "-z", "dist").split("\0").filter(Boolean)).toEqual(["dist/README.md", RENDERED]);
      git("merge", "--continue");
      change("image", "3");
    }));

  it("is resolved where the file that marks the folder is in conflict too", () =>
    withRepository(async ({ git, conflict, diverge, write, read, resolve }) => {
      const note = (text: string) => {
        write("dist/README.md", text);
        git("commit", "--quiet", "--all", "--message", text);
      };
      diverge();
      note("main's\n");
      git("checkout", "--quiet", "topic");
      note("topic's\n");
      conflict("merge", "main");
      expect((await resolve()).code).toBe(0);
      expect(read("dist/README.md")).toContain("make synth");
      expect(read(RENDERED)).toBe(MERGED);
    }));

  it("is resolved where the project is a folder of a larger repository", () =>
    withRepository(async ({ git, conflict, diverge, read, resolve, unmerged }) => {
      diverge();
      conflict("merge", "topic");
      expect((await resolve()).code).toBe(0);
      expect(unmerged()).toEqual([]);
      expect(read(RENDERED)).toBe(MERGED);
      expect(git("show", `:./${RENDERED}`)).toBe(MERGED);
    }, "platform/fleet"));
});

describe("a merge without conflict", () => {
  it("is rendered all the same: lines that merge need not be what the merged sources render", () =>
    withRepository(async ({ git, diverge, read, write, resolve }) => {
      diverge();
      git("merge", "--no-commit", "--strategy-option=ours", "topic");
      write(SOURCE.replicas, "10");
      expect((await resolve()).said).toContain("dist is rendered from the merged sources");
      expect(read(RENDERED)).toBe("image: 2\nreplicas: 10\n");
    }));

  it.each(["", "platform/fleet"])("is no reason to run when none is under way (project in %j)", (folder) =>
    withRepository(async ({ resolve, snapshot }) => {
      const before = snapshot();
      await expect(resolve()).rejects.toThrow(/no merge or rebase is under way\. Fix: .*git merge origin\/main/);
      expect(snapshot()).toBe(before);
    }, folder),
  );
});
