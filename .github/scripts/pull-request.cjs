// Finds the pull request that a finished workflow was about. Only what GitHub itself says counts, never what the workflow's code left.
const { readFileSync } = require("node:fs");
const { at, needed } = require("./api.cjs");

/**
 * @typedef {object} PullRequest
 * @property {number} number
 * @property {string} sha
 * @property {string} run Address of the finished workflow's run.
 * @property {number} runId
 * @property {boolean} passed
 */

/**
 * The pull request, or why there is none to speak of. The event names no pull request from a fork, so all are asked for by their branch,
 * and held against the commit: a newer push has a run of its own.
 * @param {import("./api.cjs").Api} github
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<PullRequest | string>}
 */
async function pullRequestOf(github, env) {
  const repository = needed(env, "GITHUB_REPOSITORY");
  const event = at(JSON.parse(readFileSync(needed(env, "GITHUB_EVENT_PATH"), "utf8")), "workflow_run");
  const owner = at(event, "head_repository", "owner", "login");
  const branch = at(event, "head_branch");
  const sha = at(event, "head_sha");
  const run = at(event, "html_url");
  const runId = at(event, "id");
  if (typeof owner !== "string" || typeof branch !== "string") return "The branch, or its repository, is gone.";
  if (typeof sha !== "string" || typeof run !== "string" || typeof runId !== "number")
    throw new Error("The event is of no workflow run");

  const query = `state=open&head=${encodeURIComponent(`${owner}:${branch}`)}`;
  const open = await github.list(`/repos/${repository}/pulls?${query}`);
  const candidates = open.filter(
    (one) =>
      at(one, "head", "sha") === sha &&
      at(one, "base", "repo", "full_name") === repository &&
      at(one, "head", "repo", "full_name") === at(event, "head_repository", "full_name"),
  );
  const [only] = candidates;
  if (only === undefined) return `No open pull request is at ${sha}: it was closed, or pushed to since.`;
  if (candidates.length > 1)
    return `${candidates.length} pull requests are at ${sha}, and which one was checked is not known.`;
  const number = at(only, "number");
  if (typeof number !== "number" || !Number.isSafeInteger(number)) throw new Error("A pull request without a number");
  return { number, sha, run, runId, passed: at(event, "conclusion") === "success" };
}

module.exports = { pullRequestOf };
