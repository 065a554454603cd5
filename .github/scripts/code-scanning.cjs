// Uploads a report's findings to code scanning. Run by pull-request-comment.yml where the repository has it.
const { gzipSync } = require("node:zlib");
const { at, github, main, needed } = require("./api.cjs");
const { readReport } = require("./body.cjs");
const { pullRequestOf } = require("./pull-request.cjs");

/** @param {NodeJS.ProcessEnv} env @param {string | undefined} path */
async function upload(env, path) {
  const hub = github(env);
  const pull = await pullRequestOf(hub, env);
  if (typeof pull === "string") return `${pull} Nothing is uploaded.`;
  const text = path === undefined ? undefined : readReport(path, 64 << 20);
  if (text === undefined) return "There is no report. Nothing is uploaded.";
  if (at(JSON.parse(text), "version") !== "2.1.0") throw new Error("The report is no SARIF 2.1.0");
  const sarif = gzipSync(text).toString("base64");
  if (sarif.length > 10 << 20) return "The report is larger than code scanning takes. Nothing is uploaded.";
  await hub.send("POST", `/repos/${needed(env, "GITHUB_REPOSITORY")}/code-scanning/sarifs`, {
    commit_sha: pull.sha,
    ref: `refs/pull/${pull.number}/head`,
    sarif,
    tool_name: "aks-fleet",
  });
  return `Uploaded the findings for #${pull.number}.`;
}

main(() => upload(process.env, process.argv[2]));
