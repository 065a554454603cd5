import { assets } from "./html/assets";
import { embed } from "./html/embed";
import { shell } from "./html/shell";
import type { DiffResult } from "./model";

/** How the page is made. */
export interface HtmlOptions {
  /** Page that explains a rule, which has to be an `https:` address; without it the report explains the rule itself, and links nowhere. */
  readonly ruleUrl?: (id: string) => string;
  /**
   * The repository, whose sources the page is bundled from.
   * @default the current folder, which the launcher makes the repository
   */
  readonly root?: string;
}

/** A result as one HTML file that needs nothing beside it: no network, no server, no other file. */
export function toHtml(result: DiffResult, options: HtmlOptions = {}): string {
  const { ruleUrl, root = process.cwd() } = options;
  const urls = ruleUrl ? result.rules.map(({ id }) => [id, safeUrl(ruleUrl(id))] as const) : [];
  return shell(result, embed(result, Object.fromEntries(urls)), assets(root));
}

function safeUrl(url: string): string {
  const { href, protocol } = new URL(url);
  if (protocol !== "https:") throw new Error(`"${url}" is no https: address. Fix: give ruleUrl one`);
  return href;
}
