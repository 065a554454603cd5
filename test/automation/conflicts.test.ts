import { runScript } from "./server";
import { read } from "./workflows";

interface Pull {
  readonly number: number;
  /** What GitHub says at each question; the last one from then on. */
  readonly mergeable: readonly string[];
  readonly state?: string;
}

function mark(pulls: readonly Pull[], size = 50) {
  let questions = 0;
  return runScript({
    script: "conflicts.cjs",
    env: {
      GITHUB_API_URL: "{server}",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "example/aks-fleet",
      GITHUB_TOKEN: "token",
    },
    answer: ({ path, body }) => {
      if (path !== "/graphql") return {};
      const from = Number((body as { variables: { after: string | null } }).variables.after ?? 0);
      if (from === 0) questions += 1;
      const nodes = pulls.slice(from, from + size).map(({ number, mergeable, state }) => ({
        number,
        mergeable: mergeable[Math.min(questions, mergeable.length) - 1],
        headRefOid: String(number).padStart(40, "0"),
        commits: { nodes: [{ commit: { status: state ? { context: { state } } : null } }] },
      }));
      const pageInfo = { hasNextPage: from + size < pulls.length, endCursor: String(from + size) };
      return { data: { repository: { pullRequests: { nodes, pageInfo } } } };
    },
  });
}

const marks = (ran: Awaited<ReturnType<typeof mark>>) =>
  ran.written.map(({ path, body }) => [Number(path.split("/").at(-1)), (body as { state: string }).state]);

describe("pull requests in conflict", () => {
  it("are marked once; the mark is taken back when the conflict is gone, and no other is touched", async () => {
    const ran = await mark([
      { number: 1, mergeable: ["CONFLICTING"] },
      { number: 2, mergeable: ["CONFLICTING"], state: "FAILURE" },
      { number: 3, mergeable: ["MERGEABLE"] },
      { number: 4, mergeable: ["MERGEABLE"], state: "FAILURE" },
      { number: 5, mergeable: ["MERGEABLE"], state: "SUCCESS" },
      { number: 6, mergeable: ["CONFLICTING"], state: "SUCCESS" },
    ]);
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(marks(ran)).toEqual([
      [1, "failure"],
      [4, "success"],
      [6, "failure"],
    ]);
    expect(ran.written[0]?.body).toMatchObject({
      context: "Conflict",
      target_url: expect.stringMatching(/#conflicts-in-dist$/),
    });
    // GitHub takes 140 characters.
    for (const { body } of ran.written) expect((body as { description: string }).description.length).toBeLessThan(140);
    expect(read("docs/pull-requests.md")).toMatch(/^## Conflicts in dist$/m);
  });

  it("are asked for again until GitHub knows, and not for ever", async () => {
    const ran = await mark([
      { number: 1, mergeable: ["UNKNOWN", "UNKNOWN", "CONFLICTING"] },
      { number: 2, mergeable: ["UNKNOWN"], state: "FAILURE" },
    ]);
    expect(marks(ran)).toEqual([[1, "failure"]]);
    expect(ran.stdout).toContain("#2: GitHub does not say yet");
  });

  it("are found on every page", async () => {
    const pulls = Array.from({ length: 7 }, (_, number) => ({ number, mergeable: ["CONFLICTING"] }));
    expect(marks(await mark(pulls, 3))).toHaveLength(7);
  });
});
