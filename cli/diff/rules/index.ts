import { type Delta, kindOf } from "../entry";
import type { World } from "../world";
import { certificates } from "./certificates";
import { data } from "./data";
import { exposure } from "./exposure";
import { flux } from "./flux";
import { identity } from "./identity";
import { lifecycle } from "./lifecycle";
import { mesh } from "./mesh";
import { network } from "./network";
import { nodes } from "./nodes";
import { podSecurity } from "./pod-security";
import { pods } from "./pods";
import { POLICY_KINDS, policy } from "./policy";
import { RBAC_KINDS, rbac } from "./rbac";
import type { Check, Checked, Report } from "./rule";
import { scaling } from "./scaling";
import { versions } from "./versions";
import { workload } from "./workload";

const CHECKS: readonly Checked[] = [
  { check: lifecycle },
  { check: data },
  { check: pods },
  { check: workload },
  { check: mesh },
  { check: network },
  { check: exposure },
  { check: identity },
  { check: versions },
  { check: flux },
  { check: podSecurity, kinds: ["/Namespace"] },
  { check: policy, kinds: POLICY_KINDS },
  { check: rbac, kinds: RBAC_KINDS },
  { check: scaling },
  { check: nodes, kinds: ["karpenter.sh/NodePool", "karpenter.azure.com/AKSNodeClass"] },
  { check: certificates },
];

const byKind = new Map<string, readonly Check[]>();

/** Applies every rule to one change. A change that no rule says anything of is still an update. */
export function applyRules(delta: Delta, world: World, report: Report): void {
  let isSilent = true;
  const heard: Report = (...finding) => {
    isSilent = false;
    report(...finding);
  };
  for (const check of checksOf(kindOf(delta.ref))) check(delta, world, heard);
  if (isSilent) report("object/updated", "nothing else is known of it", []);
}

function checksOf(kind: string): readonly Check[] {
  const known =
    byKind.get(kind) ?? CHECKS.filter(({ kinds }) => !kinds || kinds.includes(kind)).map(({ check }) => check);
  byKind.set(kind, known);
  return known;
}
