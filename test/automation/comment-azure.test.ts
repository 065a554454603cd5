import { type Request, runScript } from "./server";

const MARKER = "<!-- aks-fleet: pull request report -->";
const PATH = "/org/my%20project/_apis/git/repositories/repo-id/pullRequests/12";

function post(threads: readonly unknown[], env: Readonly<Record<string, string>> = {}, report?: string) {
  return runScript({
    script: "comment-azure.cjs",
    answer: ({ method }) => (method === "GET" ? { value: threads } : {}),
    files: report === undefined ? {} : { "diff.md": report },
    args: ["{folder}/diff.md"],
    env: {
      SYSTEM_COLLECTIONURI: "{server}/org/",
      SYSTEM_TEAMPROJECT: "my project",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "12",
      SYSTEM_PULLREQUEST_ISFORK: "False",
      SYSTEM_ACCESSTOKEN: "token",
      BUILD_REPOSITORY_ID: "repo-id",
      BUILD_BUILDID: "34",
      BUILD_SOURCEVERSION: "0123456789abcdef",
      CHECKS: "Failed",
      ...env,
    },
  });
}

/** What a request would have posted. */
function contentOf(request: Request | undefined): string {
  const body = request?.body as { content?: string; comments?: readonly { content: string }[] } | undefined;
  return body?.content ?? body?.comments?.[0]?.content ?? "";
}

describe("the comment on a pull request of Azure Repos", () => {
  it("is posted in a closed thread, so that it keeps nobody from completing", async () => {
    const ran = await post(
      [
        { id: 1, comments: [{ id: 1, content: "other" }] },
        { id: 2, comments: [] },
      ],
      {},
      "## What\n@someone",
    );
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    expect(ran.written).toMatchObject([
      { method: "POST", path: `${PATH}/threads?api-version=7.1`, token: "Bearer token", body: { status: 4 } },
    ]);
    const content = contentOf(ran.written[0]);
    expect(content.startsWith(`${MARKER}\n\n**[Something dangerous`)).toBe(true);
    expect(content).toContain("/_build/results?buildId=34&view=artifacts)");
    expect(content).not.toContain("@someone");
  });

  it("replaces its own, but not one that was deleted", async () => {
    const own = (id: number, isDeleted = false) => ({
      id,
      isDeleted,
      comments: [{ id: 5, content: `${MARKER}\nold` }],
    });
    const ran = await post([own(8, true), own(9)], { CHECKS: "$(diff)" });
    expect(ran.written).toMatchObject([{ method: "PATCH", path: `${PATH}/threads/9/comments/5?api-version=7.1` }]);
    const content = contentOf(ran.written[0]);
    expect(content).toContain("**[Checks](");
    expect(content).toContain("There is no report");
  });

  it.each<Readonly<Record<string, string>>>([
    { SYSTEM_PULLREQUEST_ISFORK: "True" },
    { SYSTEM_PULLREQUEST_ISFORK: "" },
    { SYSTEM_ACCESSTOKEN: "" },
    { SYSTEM_PULLREQUEST_PULLREQUESTID: "12/../../x" },
  ])("is not posted with %j", async (env) => {
    const ran = await post([], env, "x");
    expect([ran.code, ran.requests]).toEqual([1, []]);
  });
});
