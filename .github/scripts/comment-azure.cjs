// Posts the report on a pull request of Azure Repos: one comment, which later reports replace. Run by azure-pipelines.yml.
const { api, at, main, needed, pauseIn } = require("./api.cjs");
const { bodyOf, MARKER, readReport } = require("./body.cjs");

const VERSION = "api-version=7.1";

/** What the pipeline says of the job that wrote the report. */
const RESULTS = new Map([
  ["Succeeded", "Nothing dangerous that is not approved"],
  ["Failed", "Something dangerous that is not approved, or no report"],
]);

/** @param {NodeJS.ProcessEnv} env @param {string | undefined} path */
async function comment(env, path) {
  // The pipeline asks the same; a template that is used otherwise must not get round it.
  if (env["SYSTEM_PULLREQUEST_ISFORK"] !== "False")
    throw new Error("A pull request from a fork gets no comment. Its report is in the run");
  const [collection, project, repository, pull, build] = [
    needed(env, "SYSTEM_COLLECTIONURI"),
    encodeURIComponent(needed(env, "SYSTEM_TEAMPROJECT")),
    encodeURIComponent(needed(env, "BUILD_REPOSITORY_ID")),
    Number(needed(env, "SYSTEM_PULLREQUEST_PULLREQUESTID")),
    Number(needed(env, "BUILD_BUILDID")),
  ];
  if (!Number.isSafeInteger(pull) || !Number.isSafeInteger(build)) throw new Error("The pipeline gives no numbers");
  const headers = { authorization: `Bearer ${needed(env, "SYSTEM_ACCESSTOKEN")}` };
  const devops = api(
    `${collection}${project}/_apis/git/repositories/${repository}/pullRequests/${pull}`,
    headers,
    pauseIn(env),
  );
  const run = `${collection}${project}/_build/results?buildId=${build}`;
  const content = bodyOf({
    title: `**[${RESULTS.get(env["CHECKS"] ?? "") ?? "Checks"}](${run})** for ${String(env["BUILD_SOURCEVERSION"]).slice(0, 12)}`,
    links: [`[all reports, and the page](${run}&view=artifacts)`],
    changed: [],
    report: path === undefined ? undefined : readReport(path),
  });

  const threads = at(await devops.send("GET", `/threads?${VERSION}`), "value");
  const own = (Array.isArray(threads) ? threads : []).find(
    (one) => at(one, "isDeleted") !== true && String(at(one, "comments", "0", "content")).startsWith(MARKER),
  );
  // 1 is text, and 4 a closed thread: an active one would keep the pull request from being completed.
  if (own)
    await devops.send("PATCH", `/threads/${at(own, "id")}/comments/${at(own, "comments", "0", "id")}?${VERSION}`, {
      content,
    });
  else
    await devops.send("POST", `/threads?${VERSION}`, {
      comments: [{ parentCommentId: 0, content, commentType: 1 }],
      status: 4,
    });
  return `${own ? "Replaced" : "Posted"} the comment on !${pull}, ${content.length} characters.`;
}

main(() => comment(process.env, process.argv[2]));
