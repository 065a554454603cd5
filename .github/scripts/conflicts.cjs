// Marks pull requests that are in conflict with their base, for which GitHub starts no checks. Run by conflicts.yml.
const { at, github, main, needed } = require("./api.cjs");

const CONTEXT = "Conflict";
const FAILED = "in conflict with the base, so no check runs; merge the base, then `make resolve`";
const MENDED = "no longer in conflict with the base";

const QUERY = `query ($owner: String!, $name: String!, $context: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { number mergeable headRefOid commits(last: 1) { nodes { commit { status { context(name: $context) { state } } } } } }
    }
  }
}`;

/** @typedef {{ number: number, sha: string, mergeable: string, marked: boolean }} Pull */

/** @param {NodeJS.ProcessEnv} env */
async function mark(env) {
  const hub = github(env);
  const repository = needed(env, "GITHUB_REPOSITORY");
  const pause = Number(env["API_PAUSE"] ?? 10_000);
  let pulls = await pullRequests(hub, repository);
  // GitHub finds out whether something can be merged only when asked, and says so at a later question.
  for (let attempt = 1; attempt < 6 && pulls.some(({ mergeable }) => mergeable === "UNKNOWN"); attempt += 1) {
    await new Promise((next) => setTimeout(next, pause));
    pulls = await pullRequests(hub, repository);
  }
  const target = `${needed(env, "GITHUB_SERVER_URL")}/${repository}/blob/HEAD/docs/pull-requests.md#conflicts-in-dist`;
  /** @type {string[]} */
  const done = [];
  for (const { number, sha, mergeable, marked } of pulls) {
    if (mergeable === "UNKNOWN") done.push(`#${number}: GitHub does not say yet whether it is in conflict`);
    const state = mergeable === "CONFLICTING" ? "failure" : "success";
    // A commit takes a thousand marks at most, so only what changes is said.
    if (mergeable === "UNKNOWN" || (state === "failure") === marked) continue;
    const description = state === "failure" ? FAILED : MENDED;
    await hub.send("POST", `/repos/${repository}/statuses/${sha}`, {
      state,
      context: CONTEXT,
      description,
      target_url: target,
    });
    done.push(`#${number}: ${description}`);
  }
  return [`${pulls.length} open pull requests`, ...done].join("\n");
}

/** @param {import("./api.cjs").Api} hub @param {string} repository @returns {Promise<Pull[]>} */
async function pullRequests(hub, repository) {
  const [owner, name] = repository.split("/");
  /** @type {Pull[]} */
  const pulls = [];
  /** @type {unknown} */
  let after = null;
  for (;;) {
    const answer = await hub.send("POST", "/graphql", {
      query: QUERY,
      variables: { owner, name, context: CONTEXT, after },
    });
    const page = at(answer, "data", "repository", "pullRequests");
    const nodes = at(page, "nodes");
    if (!Array.isArray(nodes))
      throw new Error(`GitHub lists no pull requests: ${JSON.stringify(at(answer, "errors"))}`);
    for (const node of nodes) {
      const state = at(node, "commits", "nodes", "0", "commit", "status", "context", "state");
      pulls.push({
        number: Number(at(node, "number")),
        sha: String(at(node, "headRefOid")),
        mergeable: String(at(node, "mergeable")),
        marked: state === "FAILURE",
      });
    }
    if (at(page, "pageInfo", "hasNextPage") !== true) return pulls;
    after = at(page, "pageInfo", "endCursor");
  }
}

main(() => mark(process.env));
