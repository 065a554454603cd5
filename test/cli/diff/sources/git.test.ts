import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareTrees } from "../../../../cli/diff/compare";
import { parseBatch } from "../../../../cli/diff/sources/batch";
import { chooseSides } from "../../../../cli/diff/sources/choose";
import { memorySource } from "../../../../cli/diff/sources/memory";
import { withFolder } from "../../folder";
import { commit, git, manifest, tree } from "../repository";
import { TODAY } from "../trees";

const rendered = (value: string) => () =>
  memorySource(new Map(Object.entries(tree(value)).map(([path, text]) => [path.slice("dist/".length), text])), {
    label: "rendered",
    kind: "render",
  });

async function diff(root: string, options: { readonly from?: string; readonly to?: string } = {}, value = "9") {
  const sides = await chooseSides({ root, cwd: root, ...options, render: rendered(value) });
  return compareTrees(sides.from, sides.to, { today: TODAY });
}

/** A repository with a commit on `main`; what `work` does next is up to it. */
function withRepository(work: (folder: string, first: string) => Promise<void>): Promise<void> {
  return withFolder({}, async (folder) => {
    git(folder, "init", "--quiet", "--initial-branch=main");
    await work(folder, commit(folder, tree("1")));
  });
}

describe("which sides are compared", () => {
  it("is the merge base with main, and the working tree rendered", () =>
    withRepository(async (folder, first) => {
      git(folder, "checkout", "--quiet", "-b", "feature");
      commit(folder, tree("2"));
      git(folder, "checkout", "--quiet", "main");
      commit(folder, tree("3"));
      git(folder, "checkout", "--quiet", "feature");
      const { from, to, changes } = await diff(folder);
      expect(from).toMatchObject({ label: "merge base of main and HEAD", kind: "ref", commit: first });
      expect(to).toMatchObject({ kind: "render" });
      expect(changes).toMatchObject([{ fields: [{ path: "data.a", before: "1", after: "9" }] }]);
    }));

  it("is the upstream's main before one's own", () =>
    withRepository(async (folder, first) => {
      git(folder, "update-ref", "refs/remotes/origin/main", first);
      commit(folder, tree("2"));
      expect((await diff(folder)).from).toMatchObject({ label: "origin/main", commit: first });
    }));

  it("is HEAD where no main branch is known, also where HEAD is detached", () =>
    withRepository(async (folder, first) => {
      git(folder, "checkout", "--quiet", "--detach");
      git(folder, "branch", "--quiet", "--delete", "--force", "main");
      expect((await diff(folder)).from).toMatchObject({ label: "HEAD", commit: first });
    }));

  it("are two refs as they are, or a ref at the merge base", () =>
    withRepository(async (folder, first) => {
      git(folder, "tag", "v1");
      const second = commit(folder, tree("2"));
      const both = await diff(folder, { from: "v1", to: "main" });
      expect([both.from.commit, both.to.commit]).toEqual([first, second]);
      expect((await diff(folder, { from: "v1" })).from.commit).toBe(first);
      expect((await diff(folder, { from: "HEAD~1", to: "HEAD~1" })).summary.verdict).toBe("clean");
    }));

  it("are folders, or one of each", () =>
    withRepository(async (folder) => {
      const two = await diff(folder, { from: "dist", to: "./dist" });
      expect(two.summary.verdict).toBe("clean");
      writeFileSync(join(folder, "dist/one/app/configmap.team.it.yaml"), manifest("it", "2"));
      expect((await diff(folder, { from: "HEAD", to: "dist" })).changes).toHaveLength(1);
    }));

  it("reads a commit whose objects are packed, in a folder of the repository, in SHA-256", () =>
    withFolder({}, async (folder) => {
      git(folder, "init", "--quiet", "--initial-branch=main", "--object-format=sha256");
      commit(folder, Object.fromEntries(Object.entries(tree("1")).map(([path, text]) => [`platform/${path}`, text])));
      git(folder, "gc", "--quiet");
      const { from, changes } = await diff(join(folder, "platform"));
      expect(from.commit).toHaveLength(64);
      expect(changes).toHaveLength(1);
    }));
});

describe("what cannot be compared is said clearly", () => {
  it.each([
    [
      "a ref that does not exist",
      { from: "nowhere" },
      'There is no commit "nowhere" here, and no folder of that name. Fix:',
    ],
    ["a ref that looks like an option", { from: "--help" }, 'There is no commit "--help"'],
    ["a folder that does not exist", { from: "./nowhere", to: "dist" }, "./nowhere is not there. Fix:"],
    ["a file in place of a folder", { from: "./notes.txt", to: "dist" }, "./notes.txt is no folder. Fix:"],
    ["a folder that is no tree", { from: "./other", to: "dist" }, "./other is no rendered tree"],
  ])("%s", (_, options, said) =>
    withRepository(async (folder) => {
      commit(folder, { "other/a.txt": "1", "notes.txt": "1" });
      await expect(diff(folder, options)).rejects.toThrow(said);
    }),
  );

  it("a name that is a ref and a folder", () =>
    withRepository(async (folder) => {
      git(folder, "branch", "--quiet", "dist");
      await expect(diff(folder, { from: "dist" })).rejects.toThrow("dist is a ref and a folder. Fix: write ./dist");
    }));

  it("a commit without a tree", () =>
    withFolder({}, async (folder) => {
      git(folder, "init", "--quiet", "--initial-branch=main");
      commit(folder, { "a.txt": "1" });
      await expect(diff(folder)).rejects.toThrow("main has no dist/ in it");
    }));

  it("a repository without a commit", () =>
    withFolder({}, async (folder) => {
      git(folder, "init", "--quiet", "--initial-branch=main");
      await expect(diff(folder)).rejects.toThrow("has no commit yet");
    }));

  it("no repository", () =>
    withFolder({}, async (folder) => {
      await expect(diff(folder)).rejects.toThrow("is in no Git repository. Fix:");
    }));

  it("histories that have nothing in common", () =>
    withRepository(async (folder) => {
      git(folder, "checkout", "--quiet", "--orphan", "other");
      commit(folder, tree("2"));
      await expect(diff(folder)).rejects.toThrow("have no commit in common");
    }));

  it("a shallow clone without the merge base", () =>
    withRepository(async (folder) => {
      git(folder, "checkout", "--quiet", "-b", "feature");
      for (const value of ["2", "3"]) commit(folder, tree(value));
      git(folder, "checkout", "--quiet", "main");
      for (const value of ["4", "5"]) commit(folder, tree(value));
      await withFolder({}, async (clone) => {
        git(
          clone,
          "clone",
          "--quiet",
          "--depth=1",
          "--branch=feature",
          "--no-single-branch",
          `file://${folder}`,
          "shallow",
        );
        const shallow = join(clone, "shallow");
        await expect(diff(shallow)).rejects.toThrow(
          "The clone is shallow and lacks the commit at which HEAD left origin/main. Fix: git fetch --unshallow",
        );
        await expect(diff(shallow, { from: "HEAD~1" })).rejects.toThrow("the clone is shallow");
        git(shallow, "fetch", "--quiet", "--unshallow");
        expect((await diff(shallow)).changes).toHaveLength(1);
      });
    }));

  it("a shallow clone of one branch, which would be compared with itself", () =>
    withRepository(async (folder) => {
      git(folder, "checkout", "--quiet", "-b", "feature");
      commit(folder, tree("2"));
      await withFolder({}, async (clone) => {
        git(clone, "clone", "--quiet", "--depth=1", "--branch=feature", `file://${folder}`, "shallow");
        const shallow = join(clone, "shallow");
        git(shallow, "remote", "set-head", "origin", "--delete");
        await expect(diff(shallow)).rejects.toThrow("The clone is shallow and has no main branch to compare with");
      });
    }));
});

it("names an object that the repository lacks", () => {
  expect(() => parseBatch(Buffer.from("0123 missing\n"))).toThrow("The repository lacks an object (0123 missing)");
  expect(parseBatch(Buffer.from("01 blob 3\na\nb\n02 blob 0\n\n"))).toEqual(
    new Map([
      ["01", Buffer.from("a\nb")],
      ["02", Buffer.from("")],
    ]),
  );
});
