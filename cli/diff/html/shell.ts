import { createHash } from "node:crypto";
import type { DiffResult, Summary } from "../model";
import type { Assets } from "./assets";
import type { Embedded } from "./embed";
import { fieldsBlock, REPORT_BLOCK } from "./page/report";
import { plain } from "./page/visible";

/** Findings that are told to somebody whose browser runs no scripts. */
const TOLD = 20;

/** The page: its frame, data and program in one file that may load, send and run nothing else. */
export function shell(result: DiffResult, { report, parts }: Embedded, { script, style }: Assets): string {
  const data = [[REPORT_BLOCK, report], ...parts.map((part, index) => [fieldsBlock(index), part])];
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(script, style)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(titleOf(result.summary))}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    `<noscript>${withoutScript(result)}</noscript>`,
    ...data.map(([id, json]) => `<script type="application/json" id="${id}">${json}</script>`),
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Text that can stand anywhere in HTML, between tags and in quoted attributes; what nobody would see is spelt out. */
export function escapeHtml(text: string): string {
  return plain(text).replace(/[<>&"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One script, one style, both known by their hash; no way to the network, no markup made of text. */
function policy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function titleOf(summary: Summary): string {
  return summary.verdict === "clean"
    ? "Diff: nothing changes"
    : `Diff: ${summary.verdict}, objects: ${summary.objects.all}, clusters: ${summary.clusters}`;
}

/** The worst of it, for readers that run no scripts. */
function withoutScript({ summary, findings }: DiffResult): string {
  const blocking = findings.filter((finding) => finding.blocking);
  const told = blocking.slice(0, TOLD).map((finding) => {
    const { kind, namespace, name } = finding.object ?? {};
    const object = [kind, namespace ? `${namespace}/${name}` : name].filter((part) => part !== undefined).join(" ");
    return `<li>${escapeHtml([object, finding.message, finding.rule].filter((part) => part !== "").join(" · "))}</li>`;
  });
  return [
    `<h1>${escapeHtml(titleOf(summary))}</h1>`,
    "<p>The report needs scripts, which this browser or viewer does not run: save the file and open it in a browser.</p>",
    `<p>Findings that block: ${summary.blocking}</p>`,
    `<ul>${told.join("")}</ul>`,
  ].join("");
}
