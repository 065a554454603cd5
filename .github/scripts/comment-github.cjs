// Posts the report on a pull request of GitHub: one comment, which later reports replace. Run by pull-request-comment.yml.
const { at, github, main, needed } = require("./api.cjs");
const { bodyOf, MARKER, readReport } = require("./body.cjs");
const { pullRequestOf } = require("./pull-request.cjs");

/** Who comments with a workflow's token. Anybody could write a comment that begins like ours. */
const AUTHOR = "github-actions[bot]";

/** @param {NodeJS.ProcessEnv} env @param {string | undefined} path */
async function comment(env, path) {
  const hub = github(env);
  const pull = await pullRequestOf(hub, env);
  if (typeof pull === "string") return `${pull} Nothing is posted.`;
  const repository = needed(env, "GITHUB_REPOSITORY");
  const [artifacts, changed, comments] = await Promise.all([
    hub.send("GET", `/repos/${repository}/actions/runs/${pull.runId}/artifacts?per_page=100`),
    hub.list(`/repos/${repository}/pulls/${pull.number}/files`, 30),
    hub.list(`/repos/${repository}/issues/${pull.number}/comments`),
  ]);
  const body = bodyOf({
    title: `**[${pull.passed ? "Checks passed" : "Checks failed"}](${pull.run})** for ${pull.sha.slice(0, 12)}`,
    links: [
      ...linkTo(pull, artifacts, "diff.html", "the report as a page"),
      ...linkTo(pull, artifacts, "diff", "all reports"),
    ],
    changed: changed.map((file) => String(at(file, "filename"))),
    report: path === undefined ? undefined : readReport(path),
    docs: `${needed(env, "GITHUB_SERVER_URL")}/${repository}/blob/HEAD/`,
  });
  const own = comments.find(
    (one) =>
      at(one, "user", "login") === AUTHOR &&
      at(one, "user", "type") === "Bot" &&
      String(at(one, "body")).startsWith(MARKER),
  );
  if (own) await hub.send("PATCH", `/repos/${repository}/issues/comments/${at(own, "id")}`, { body });
  else await hub.send("POST", `/repos/${repository}/issues/${pull.number}/comments`, { body });
  return `${own ? "Replaced" : "Posted"} the comment on #${pull.number}, ${body.length} characters.`;
}

/**
 * The newest artifact of a name: a run that was started again has several.
 * @param {import("./pull-request.cjs").PullRequest} pull @param {unknown} answer @param {string} name @param {string} text
 */
function linkTo(pull, answer, name, text) {
  const artifacts = at(answer, "artifacts");
  const ids = (Array.isArray(artifacts) ? artifacts : [])
    .filter((one) => at(one, "name") === name && at(one, "expired") !== true)
    .map((one) => Number(at(one, "id")))
    .filter(Number.isSafeInteger);
  return ids.length > 0 ? [`[${text}](${pull.run}/artifacts/${Math.max(...ids)})`] : [];
}

main(() => comment(process.env, process.argv[2]));
