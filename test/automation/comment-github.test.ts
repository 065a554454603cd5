import { type Answer, type Request, runScript } from "./server";

const REPOSITORY = "example/aks-fleet";
const SHA = "0123456789abcdef0123456789abcdef01234567";
const MARKER = "<!-- aks-fleet: pull request report -->";

const EVENT = {
  id: 4711,
  head_sha: SHA,
  head_branch: "topic & more",
  head_repository: { full_name: "someone/aks-fleet", owner: { login: "someone" } },
  html_url: `https://github.com/${REPOSITORY}/actions/runs/4711`,
  conclusion: "success",
  // What a fork's event has.
  pull_requests: [],
};
const PULL = {
  number: 7,
  head: { sha: SHA, repo: { full_name: "someone/aks-fleet" } },
  base: { repo: { full_name: REPOSITORY } },
};
const ours = { id: 42, user: { login: "github-actions[bot]", type: "Bot" }, body: `${MARKER}\nold` };

interface World {
  readonly event?: Readonly<Record<string, unknown>>;
  readonly pulls?: readonly unknown[];
  readonly comments?: readonly unknown[];
  readonly changed?: readonly string[];
  readonly artifacts?: readonly unknown[];
  readonly report?: string;
  readonly script?: string;
  readonly broken?: (request: Request) => number | undefined;
}

function post(world: World = {}) {
  const answer: Answer = (request) => {
    const broken = world.broken?.(request);
    if (broken !== undefined) return broken;
    const { method, path } = request;
    if (method !== "GET") return {};
    if (path.includes("/artifacts")) return { artifacts: world.artifacts ?? [] };
    const page = Number(/[?&]page=(\d+)/.exec(path)?.[1]);
    const paged = (all: readonly unknown[]) => all.slice((page - 1) * 100, page * 100);
    if (/\/pulls\?/.test(path)) return paged(world.pulls ?? [PULL]);
    if (path.includes("/pulls/7/files")) return paged((world.changed ?? []).map((filename) => ({ filename })));
    if (path.includes("/issues/7/comments")) return paged(world.comments ?? []);
    return undefined;
  };
  return runScript({
    script: world.script ?? "comment-github.cjs",
    answer,
    files: {
      "event.json": JSON.stringify({ workflow_run: { ...EVENT, ...world.event } }),
      ...(world.report === undefined ? {} : { "report/diff.md": world.report }),
    },
    args: ["{folder}/report/diff.md"],
    env: {
      GITHUB_API_URL: "{server}",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_EVENT_PATH: "{folder}/event.json",
      GITHUB_TOKEN: "token",
    },
  });
}

const bodyOf = (request: Request | undefined) => String((request?.body as { body?: unknown } | undefined)?.body);

describe("the comment on a pull request of GitHub", () => {
  it("is posted where there is none, from a fork too, with links to the run and the page", async () => {
    const artifacts = [
      { name: "diff.html", id: 1 },
      { name: "diff.html", id: 3 },
      { name: "diff.html", id: 9, expired: true },
      { name: "diff", id: 2 },
      { name: "diff", id: "4)](https://example.com" },
    ];
    const ran = await post({ report: "## What happens\n", artifacts });
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toContain("Posted the comment on #7");
    expect(ran.written.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /repos/${REPOSITORY}/issues/7/comments`,
    ]);
    expect(bodyOf(ran.written[0])).toBe(
      `${MARKER}\n\n**[Checks passed](${EVENT.html_url})** for 0123456789ab · [the report as a page](${EVENT.html_url}/artifacts/3) · [all reports](${EVENT.html_url}/artifacts/2)\n\n## What happens\n`,
    );
    expect(new Set(ran.requests.map(({ token }) => token))).toEqual(new Set(["Bearer token"]));
    expect(ran.requests[0]?.path).toContain("head=someone%3Atopic%20%26%20more");
  });

  it("replaces its own, wherever that is among others", async () => {
    const others = Array.from({ length: 150 }, (_, id) => ({
      id,
      user: { login: "somebody", type: "User" },
      body: MARKER,
    }));
    const ran = await post({ report: "new", comments: [...others, ours], event: { conclusion: "failure" } });
    expect(ran.written.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PATCH /repos/${REPOSITORY}/issues/comments/42`,
    ]);
    expect(bodyOf(ran.written[0])).toContain("Checks failed");
  });

  it("says so when there is no report, or one that cannot be read", async () => {
    for (const report of [undefined, " \n"]) {
      const ran = await post(report === undefined ? {} : { report });
      expect(ran.code).toBe(0);
      expect(bodyOf(ran.written[0])).toContain("There is no report: the checks ended before it was written");
    }
  });

  it("says so when the pull request changes what writes the report", async () => {
    const changed = [
      ...Array.from({ length: 99 }, (_, i) => `dist/${i}`),
      "cli/diff/`x`.ts",
      "package.json",
      "cli.md",
      "base/x.ts",
    ];
    const ran = await post({ report: "nothing to see here", changed });
    expect(bodyOf(ran.written[0])).toContain(
      "> **Changed here is what writes or judges this report** (`cli/diff/ x .ts`, `package.json`): review that first, the rest is its word.\n\nnothing",
    );
    expect(bodyOf((await post({ report: "x", changed: ["base/x.ts"] })).written[0])).not.toContain("Changed here");
  });

  it("cannot be made to notify, pass for another or grow: the report is data", async () => {
    const report = `${MARKER}\n@octocat ![x](https://example.com) closes #1\n${"<details>\n".repeat(20_000)}`;
    const body = bodyOf((await post({ report })).written[0]);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.split(MARKER)).toHaveLength(2);
    expect(body).not.toMatch(/@octocat|!\[|#1\b/);
    expect(body).toContain("longer than a comment can be");
  });

  it.each([
    [
      "a newer commit was pushed",
      { pulls: [{ ...PULL, head: { ...PULL.head, sha: "f".repeat(40) } }] },
      /closed, or pushed to since/,
    ],
    ["it was closed", { pulls: [] }, /closed, or pushed to since/],
    [
      "it is one into another repository",
      { pulls: [{ ...PULL, base: { repo: { full_name: "someone/aks-fleet" } } }] },
      /closed, or pushed/,
    ],
    [
      "another fork has such a branch",
      { pulls: [{ ...PULL, head: { sha: SHA, repo: { full_name: "other/aks-fleet" } } }] },
      /closed, or pushed/,
    ],
    ["which of two it is cannot be known", { pulls: [PULL, { ...PULL, number: 8 }] }, /2 pull requests are at/],
    ["the fork is gone", { event: { head_repository: null } }, /is gone/],
  ] satisfies readonly (readonly [string, World, RegExp])[])("is not posted where %s", async (_, world, said) => {
    const ran = await post({ report: "x", ...world });
    expect([ran.code, ran.written]).toEqual([0, []]);
    expect(ran.stdout).toMatch(said);
  });

  it("is tried again where GitHub stumbles, and not where it refuses", async () => {
    let stumbles = 2;
    const stumbling = await post({
      report: "x",
      broken: ({ method }) => (method === "POST" && stumbles-- > 0 ? 502 : undefined),
    });
    expect([stumbling.code, stumbling.written.length]).toEqual([0, 3]);
    const refused = await post({ report: "x", broken: ({ method }) => (method === "POST" ? 403 : undefined) });
    expect([refused.code, refused.written.length]).toEqual([1, 1]);
    expect(refused.stderr).toContain("answered 403");
  });
});

describe("the findings for code scanning", () => {
  const upload = (report: string) => post({ report, script: "code-scanning.cjs" });

  it("are uploaded for the commit of the pull request", async () => {
    const ran = await upload(JSON.stringify({ version: "2.1.0", runs: [] }));
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.written).toMatchObject([
      { path: `/repos/${REPOSITORY}/code-scanning/sarifs`, body: { commit_sha: SHA, ref: "refs/pull/7/head" } },
    ]);
  });

  it.each(["no JSON", '{"version":"1.0"}'])("are refused where they are none: %s", async (report) => {
    const ran = await upload(report);
    expect([ran.code, ran.written]).toEqual([1, []]);
  });
});
