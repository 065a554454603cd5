import { isJson, type Json, valueAt } from "../../validate/types";
import { addressesWiden } from "../addresses";
import { kindOf, pairAt } from "../entry";
import { canonical } from "../values";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, listed, objectsAt, pathsUnder, textsAt } from "./values";

/** Who reaches whom on the network. */
export const NETWORK = {
  "network/policy-removed": {
    severity: "danger",
    title: "A network policy goes",
    doc: "Pods that no policy selects any more may be reached from, and reach, everywhere.",
  },
  "network/policy-wider": {
    severity: "danger",
    title: "A network policy lets more through",
    doc: "It selects fewer pods, stops holding for a direction, gains a rule, or a rule loses its peers or ports.",
  },
  "network/policy-stricter": {
    severity: "notice",
    title: "A network policy lets less through",
    doc: "Connections that worked may stop. The first policy that selects a pod denies it all else in that direction.",
  },
  "network/allow-list-wider": {
    severity: "danger",
    title: "More addresses may reach a service",
    doc: "An allow-list of addresses grows or goes. Name the narrowest ranges, and who asked for them.",
  },
} as const satisfies RuleDocs;

/** Looks at network policies and at lists of addresses. */
export const network: Check = (delta, world, report) => {
  const kind = kindOf(delta.ref);
  if (/NetworkPolicy$/.test(delta.ref.kind)) policies(delta, world, report);
  if (kind === "/Service") allowList(delta, world, report);
};

const policies: Check = (delta, world, report) => {
  if (isDeleted(delta, world)) report("network/policy-removed", `${delta.before?.ref.name} is gone`);
  if (!delta.after || delta.status === "renamed") return;
  const paths = pathsUnder(delta, "spec", "specs");
  if (!delta.before)
    return report(
      rulesOf(delta.after.content).length > 0 ? "network/policy-wider" : "network/policy-stricter",
      "is new; policies of the same pods add up",
      paths,
    );
  if (paths.length === 0) return;
  const wider: string[] = [];
  const narrower: string[] = [];
  const [selected, selects] = [delta.before, delta.after].map(({ content }) => selectorsIn(content));
  if (selected !== selects) wider.push("it selects other pods");
  const [types, nowTypes] = [directions(delta.before.content), directions(delta.after.content)];
  wider.push(...types.filter((type) => !nowTypes.includes(type)).map((type) => `it no longer holds for ${type}`));
  narrower.push(...nowTypes.filter((type) => !types.includes(type)).map((type) => `it holds for ${type} now`));
  const had = rulesOf(delta.before.content);
  const has = rulesOf(delta.after.content);
  for (const rule of has) if (!had.some((old) => covers(old, rule))) wider.push(`lets ${said(rule)} through`);
  for (const rule of had)
    if (!has.some((now) => covers(now, rule))) narrower.push(`no longer lets ${said(rule)} through`);
  if (wider.length > 0) report("network/policy-wider", listed(wider), paths);
  else if (narrower.length > 0) report("network/policy-stricter", listed(narrower), paths);
};

interface Way {
  readonly direction: string;
  readonly peer: string;
  readonly blocks?: readonly string[];
  readonly except: readonly string[];
  readonly port: string;
}

const EVERYBODY = "everybody";
const EVERY_PORT = "every port";

/** Each combination of a peer and a port that a policy lets through. */
function rulesOf(content: Json): readonly Way[] {
  return ["ingress", "egress"].flatMap((direction) =>
    objectsAt(content, "spec", direction).flatMap((rule) => {
      const peers = rule[direction === "ingress" ? "from" : "to"] ?? peersOfCilium(rule, direction);
      const ports = rule["ports"] ?? rule["toPorts"];
      const some = Array.isArray(peers) && peers.length > 0 ? peers : [EVERYBODY];
      const gates =
        Array.isArray(ports) && ports.length > 0 ? ports.map((port) => canonical(withProtocol(port))) : [EVERY_PORT];
      return some.flatMap((peer) => gates.map((port): Way => ({ direction, ...peerOf(peer), port })));
    }),
  );
}

/** CiliumNetworkPolicy names its peers in fields of their own; a rule with none of them lets nobody through but by its ports. */
function peersOfCilium(rule: Json, direction: string): unknown {
  const prefix = direction === "ingress" ? "from" : "to";
  const peers = Object.entries(rule).filter(([field]) => field.startsWith(prefix) && field !== "toPorts");
  return peers.length === 0
    ? undefined
    : peers.flatMap(([field, list]) => (Array.isArray(list) ? list.map((one) => ({ [field]: one })) : []));
}

function withProtocol(port: unknown): unknown {
  return isJson(port) && "port" in port ? { protocol: "TCP", ...port } : port;
}

function peerOf(peer: unknown): Omit<Way, "direction" | "port"> {
  const block = valueAt(peer, "ipBlock", "cidr");
  if (typeof block === "string")
    return { peer: "addresses", blocks: [block], except: textsAt(peer, "ipBlock", "except") };
  return { peer: peer === EVERYBODY ? EVERYBODY : canonical(peer), except: [] };
}

function covers(wide: Way, narrow: Way): boolean {
  if (wide.direction !== narrow.direction) return false;
  if (wide.port !== EVERY_PORT && wide.port !== narrow.port) return false;
  if (wide.peer === EVERYBODY) return true;
  if (wide.peer !== narrow.peer) return false;
  if (!wide.blocks || !narrow.blocks) return true;
  return (
    addressesWiden(wide.blocks, narrow.blocks).length === 0 && addressesWiden(narrow.except, wide.except).length === 0
  );
}

function said({ direction, peer, blocks, port }: Way): string {
  return `${direction} ${direction === "ingress" ? "from" : "to"} ${blocks ? blocks.join(" ") : peer} on ${port}`;
}

function selectorsIn(content: Json): string {
  return canonical(
    ["podSelector", "endpointSelector", "nodeSelector"].map((field) => valueAt(content, "spec", field) ?? null),
  );
}

// Egress is left alone unless it is named or there are rules for it (networking.k8s.io/v1, policyTypes).
function directions(content: Json): readonly string[] {
  const named = textsAt(content, "spec", "policyTypes");
  if (named.length > 0) return named;
  return ["Ingress", ...(valueAt(content, "spec", "egress") === undefined ? [] : ["Egress"])];
}

const ANYWHERE = ["0.0.0.0/0", "::/0"];
const ANNOTATIONS = [
  "service.beta.kubernetes.io/azure-allowed-ip-ranges",
  "service.beta.kubernetes.io/azure-allowed-service-tags",
];

const allowList: Check = (delta, _world, report) => {
  if (!delta.before || !delta.after) return;
  const lists = [
    {
      path: "spec.loadBalancerSourceRanges",
      values: pairAt(delta, "spec", "loadBalancerSourceRanges").map((list) =>
        Array.isArray(list) ? list.map(String) : [],
      ),
    },
    ...ANNOTATIONS.map((name) => ({
      path: `metadata.annotations["${name}"]`,
      values: pairAt(delta, "metadata", "annotations", name).map((text) =>
        typeof text === "string" && text !== "" ? text.split(",").map((part) => part.trim()) : [],
      ),
    })),
  ];
  for (const { path, values } of lists) {
    const [before = [], after = []] = values;
    if (before.length === 0) continue;
    const more = after.length === 0 ? ANYWHERE : addressesWiden(before, after);
    if (more.length > 0)
      report(
        "network/allow-list-wider",
        `${listed(more)} may reach it; before only ${listed(before)}`,
        pathsUnder(delta, path),
      );
  }
};
