import { RENDERED, withRepository } from "./repository";

describe("a recipe of docs/pull-requests.md", () => {
  it("the driver leaves both sides' changes for the command, without conflict markers", () =>
    withRepository(async ({ git, conflict, diverge, write, read, resolve, unmerged }) => {
      write(".gitattributes", "dist/** merge=dist\n");
      git("add", "--all");
      git("commit", "--quiet", "--message", "attributes");
      git("config", "merge.dist.driver", "false");
      diverge();
      conflict("merge", "topic");
      expect(unmerged()).toEqual([RENDERED]);
      expect(read(RENDERED)).toBe("image: 2\nreplicas: 1\n");
      expect((await resolve()).code).toBe(0);
      expect(read(RENDERED)).toBe("image: 2\nreplicas: 9\n");
    }));

  it("where nobody configured the driver, Git merges as ever", () =>
    withRepository(async ({ git, conflict, diverge, write, read }) => {
      write(".gitattributes", "dist/** merge=dist\n");
      git("add", "--all");
      git("commit", "--quiet", "--message", "attributes");
      diverge();
      conflict("merge", "topic");
      expect(read(RENDERED)).toContain("<<<<<<<");
    }));
});
