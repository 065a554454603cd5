import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commitTrees } from "../../../cli/bench/repository";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-commits-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("trees become commits, one after the other, below dist", () => {
  const trees = ["one", "two"].map((text) => {
    const tree = join(folder, text);
    mkdirSync(join(tree, "a", "b"), { recursive: true });
    writeFileSync(join(tree, "a", "b", "c.yaml"), `${text}\n`);
    writeFileSync(join(tree, ".mark"), "");
    return tree;
  });
  const { env, ids } = commitTrees(join(folder, "git"), trees);
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { env: { ...process.env, ...env }, cwd: folder }).toString();
  expect(git("ls-tree", "-r", "--name-only", ids[0] ?? "")).toBe("dist/.mark\ndist/a/b/c.yaml\n");
  expect(git("show", `${ids[1]}:dist/a/b/c.yaml`)).toBe("two\n");
  expect(git("rev-parse", `${ids[1]}^`).trim()).toBe(ids[0]);
});
