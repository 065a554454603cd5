import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RENDERED, withRepository } from "./repository";

describe("what only the working tree held", () => {
  it("is kept in build/resolve, also what was ignored or never added", () =>
    withRepository(async ({ conflict, diverge, write, read, resolve, root }) => {
      diverge();
      conflict("merge", "topic");
      write(RENDERED, "half resolved by hand");
      write("dist/app1/mine.yaml", "never added");
      write("dist/app1/mine.tmp", "ignored");
      const { said } = await resolve();
      const [run = ""] = readdirSync(join(root, "build/resolve"));
      expect(said).toContain(`What 3 files held before is in build/resolve/${run}`);
      expect(read(`build/resolve/${run}/${RENDERED}`)).toBe("half resolved by hand");
      expect(read(`build/resolve/${run}/dist/app1/mine.yaml`)).toBe("never added");
      expect(read(`build/resolve/${run}/dist/app1/mine.tmp`)).toBe("ignored");
    }));

  it("is not kept where a person had rendered already", () =>
    withRepository(async ({ conflict, diverge, render, resolve, root }) => {
      diverge();
      conflict("merge", "topic");
      render();
      expect((await resolve()).said).not.toContain("held before");
      expect(readdirSync(join(root, "build/resolve"))).toEqual([]);
    }));

  it("stays as it is when it cannot be kept", () =>
    withRepository(async ({ conflict, diverge, write, resolve, snapshot, root }) => {
      diverge();
      conflict("merge", "topic");
      rmSync(join(root, "build"), { recursive: true, force: true });
      write("build", "a file in the way");
      const before = snapshot();
      await expect(resolve()).rejects.toThrow(/cannot be kept .* nothing was changed\. Fix: /);
      expect(snapshot()).toBe(before);
    }));
});
