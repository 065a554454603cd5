import { RULES } from "../catalogue";
import type { Scopes } from "../scopes";
import type { Tree } from "../tree";
import type { Finding } from "../types";
import { duplicates } from "./duplicates";
import { images } from "./images";
import { labels } from "./labels";
import { layout } from "./layout";
import { names } from "./names";
import { namespaces } from "./namespaces";
import { scope } from "./scope";

/** What rules look at. */
export interface RuleContext {
  readonly tree: Tree;
  readonly scopes: Scopes;
}

/** Takes a finding; without a fix of its own it gets its rule's. */
export type Report = (finding: Omit<Finding, "fix"> & { readonly fix?: string }) => void;

/** Applies every rule that needs no schema. */
export function applyRules(context: RuleContext): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (finding) => findings.push({ ...finding, fix: finding.fix ?? RULES[finding.rule].fix });
  for (const rule of [layout, duplicates, scope, namespaces, names, labels, images]) rule(context, report);
  return findings;
}
