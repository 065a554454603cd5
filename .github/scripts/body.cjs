// What a comment with a report says. The words that can be relied on come first, since what follows could hide what comes after it.
const { closeSync, fstatSync, lstatSync, openSync, readSync } = require("node:fs");
const { code, fitted, harmless } = require("./text.cjs");

/** By this a comment is found again. Nothing that is posted from a report can hold it. */
const MARKER = "<!-- aks-fleet: pull request report -->";

/** GitHub takes 65,536 characters. */
const MOST = 65_000;

/** No report that can be posted is larger, and a larger file is not read to its end. */
const LARGEST = 1 << 20;

/** Paths below which a change changes who writes the report or what it lets pass, and not only what is in it. */
const REPORTERS = [
  ".github/",
  "azure-pipelines.yml",
  "pipelines/",
  "cli/",
  "clusters/waivers.yaml",
  "Makefile",
  "package.json",
  "package-lock.json",
];

/**
 * @param {object} about
 * @param {string} about.title Result of the checks, in Markdown.
 * @param {readonly string[]} about.links In Markdown.
 * @param {readonly string[]} about.changed Paths that the pull request changes.
 * @param {string | undefined} about.report What its code wrote.
 * @param {string} [about.docs] Address of the folder that `docs/` is in.
 * @returns {string}
 */
function bodyOf({ title, links, changed, report, docs }) {
  const head = [MARKER, "", [title, ...links].join(" · "), ...warning(changed), ""].join("\n");
  if (report === undefined || report.trim() === "") {
    return `${head}\nThere is no report: the checks ended before it was written, or it cannot be read. The run says why.\n`;
  }
  const notice = "**The report is longer than a comment can be.** All of it is in the page above.";
  return `${head}\n${fitted(harmless(report, docs), MOST - head.length - 1, notice)}`;
}

/** @param {readonly string[]} changed */
function warning(changed) {
  const own = changed.filter((path) =>
    REPORTERS.some((start) => (start.endsWith("/") ? path.startsWith(start) : path === start)),
  );
  if (own.length === 0) return [];
  const named = own.slice(0, 5).map(code).join(", ");
  const more = own.length > 5 ? ` and ${own.length - 5} more` : "";
  return [
    "",
    `> **Changed here is what writes or judges this report** (${named}${more}): review that first, the rest is its word.`,
  ];
}

/**
 * A report as it was left by code that nobody vouches for: read when it is an ordinary file, and not to its end when it is too large.
 * @param {string} path
 * @param {number} [most] Bytes.
 * @returns {string | undefined}
 */
function readReport(path, most = LARGEST) {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(file).size, most));
    return buffer.toString("utf8", 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

module.exports = { bodyOf, LARGEST, MARKER, readReport };
