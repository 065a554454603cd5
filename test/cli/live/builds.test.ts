import { announcement, progress, requireSpace } from "../../../cli/live/builds";
import type { GoTool } from "../../../cli/tools/go-tool";
import { script } from "../folder";
import { withPrograms } from "../programs";

/** A program of a module, by what its build takes. */
function tool(name: string, seconds: number, gigabytes: number, after?: number): GoTool {
  const shared = after === undefined ? {} : { after: { seconds: after, gigabytes: 0 } };
  return { name, module: `tools/${name[0]}`, package: name, cost: "", estimates: { seconds, gigabytes, ...shared } };
}

const TOOLS = [tool("a1", 300, 4), tool("b", 60, 0.25), tool("a2", 240, 4, 60)];

describe("what is said before", () => {
  it("is how many, what it costs, and which", () => {
    expect(announcement(TOOLS)).toBe(
      "3 programs are built, once: about 7 min on two cores and 4.3 GB for Go's caches (a1, b, a2)",
    );
    expect(announcement([tool("c", 42, 12.4)])).toBe(
      "1 program is built, once: about 45 s on two cores and 12 GB for Go's caches (c)",
    );
  });
});

describe("what is said when a build begins", () => {
  it("is which of how many, and how long all that is left takes", () => {
    expect(progress(TOOLS, 0, 0)).toBe("building a1 (1 of 3, about 7 min left)");
    expect(progress(TOOLS, 1, 300)).toBe("building b (2 of 3, about 2 min left)");
    expect(progress(TOOLS, 2, 360)).toBe("building a2 (3 of 3, about 60 s left)");
  });

  it.each([
    ["faster", 75, "30 s"],
    ["slower", 900, "6 min"],
  ])("follows the pace of a %s machine", (_, spent, left) => {
    expect(progress(TOOLS, 1, spent)).toBe(`building b (2 of 3, about ${left} left)`);
  });

  it("does not learn a pace from next to nothing", () => {
    const tools = [tool("crane", 10, 1), tool("b", 300, 1)];
    expect(progress(tools, 1, 60)).toBe("building b (2 of 2, about 5 min left)");
  });
});

describe("room on the disks", () => {
  const GO = script(`[ "$*" = "env GOCACHE GOMODCACHE" ] && printf '%s\\n' /caches/build /caches/modules`);

  /** Asks for room where each folder has so many gigabytes. */
  const require = (free: (folder: string) => number, tools: readonly GoTool[] = TOOLS) =>
    withPrograms({ "bin/go": GO }, (root) =>
      requireSpace(tools, {
        root,
        env: { PATH: `${root}/bin` },
        note: () => {},
        freeSpace: (folder) => free(folder.replace(root, "")) * 1e9,
      }),
    );

  it("is asked for Go's caches and the project's own", async () => {
    const asked: string[] = [];
    await require((folder) => asked.push(folder) && 4.25);
    expect(asked).toEqual(["/caches/build", "/caches/modules", "/.cache"]);
  });

  it.each([
    ["/caches/build", 3, "4.3 GB"],
    ["/caches/modules", 4.2, "4.3 GB"],
    ["/.cache", 0.2, "0.3 GB"],
  ])("is an error where it is missing in %s", async (full, free, needed) => {
    const lacking = require((folder) => (folder === full ? free : 100));
    await expect(lacking).rejects.toThrow(
      `${full} has ${free} GB free, and what must be built takes up to ${needed} there. Fix: free some`,
    );
  });

  it("is what the system says, also for a folder that is not there yet", async () => {
    await withPrograms({ "bin/go": script("echo /no/such/folder") }, async (root) => {
      const context = { root, env: { PATH: `${root}/bin` }, note: () => {} };
      await requireSpace([tool("a", 1, 0)], context);
      await expect(requireSpace([tool("a", 1, 1e9)], context)).rejects.toThrow("/no/such/folder has ");
    });
  });
});
