import { valueAt } from "../../validate/types";
import { kindOf, pairAt } from "../entry";
import { authorization } from "./authorization";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, pathsUnder, shown } from "./values";

/** What the mesh encrypts and lets through. */
export const MESH = {
  "mesh/mtls-down": {
    severity: "danger",
    title: "The mesh asks for less encryption",
    doc: "STRICT becomes PERMISSIVE, DISABLE or nothing: pods without a sidecar, and whoever listens on the network, can talk to the workload.",
  },
  "mesh/injection-off": {
    severity: "danger",
    title: "Pods leave the mesh",
    doc: "A namespace or a workload loses its sidecar injection: no mTLS, no authorization policies, no metrics for its next pods.",
  },
  "mesh/revision": {
    severity: "warning",
    title: "The mesh's revision changes",
    doc: "New pods get the sidecar of the new revision; those that run keep theirs until they are restarted. The shared ConfigMap and the gateway's HPA carry the revision in their names.",
  },
  "mesh/authorization-wider": {
    severity: "danger",
    title: "The mesh lets more through",
    doc: "An AuthorizationPolicy goes, an ALLOW gains a rule or loses a condition, a DENY loses a rule, or a JWT is no longer asked for.",
  },
  "mesh/authorization-stricter": {
    severity: "notice",
    title: "The mesh lets less through",
    doc: "An AuthorizationPolicy comes or loses a way in. The first ALLOW policy of a workload denies all that it does not name.",
  },
  "mesh/config": {
    severity: "warning",
    title: "The mesh's configuration changes",
    doc: "It holds for every proxy; `defaultConfig` reaches a proxy only when its pod starts again.",
  },
} as const satisfies RuleDocs;

/** Looks at the mesh's own objects, at namespaces and at workloads. */
export const mesh: Check = (delta, world, report) => {
  switch (kindOf(delta.ref)) {
    case "security.istio.io/PeerAuthentication":
      return mtls(delta, world, report);
    case "networking.istio.io/DestinationRule":
      return destination(delta, world, report);
    case "security.istio.io/AuthorizationPolicy":
      return authorization(delta, world, report);
    case "security.istio.io/RequestAuthentication":
      if (isDeleted(delta, world))
        report("mesh/authorization-wider", `${delta.before?.ref.name} is gone: no token is asked for any more`);
      return;
    case "/Namespace":
      return injection(delta, world, report, ["metadata", "labels"]);
    case "/ConfigMap":
      return configuration(delta, world, report);
    default:
      return injection(delta, world, report, ["spec", "template", "metadata", "labels"]);
  }
};

const configuration: Check = (delta, world, report) => {
  const old = delta.before?.ref.name ?? "";
  if (old.startsWith("istio-shared-configmap-") && (delta.status === "renamed" || isDeleted(delta, world))) {
    report("mesh/config", `${old} goes, which proxies of that revision still read`);
  }
  const paths = pathsUnder(delta, "data");
  if (!delta.ref.name.startsWith("istio-shared-configmap-") || !delta.before || !delta.after || paths.length === 0)
    return;
  report("mesh/config", "the mesh's own configuration differs", paths);
};

const MODES = ["STRICT", "PERMISSIVE", "DISABLE"];

const mtls: Check = (delta, world, report) => {
  const modes = (content: unknown) =>
    new Map([
      ["all ports", mode(content, "spec", "mtls", "mode")],
      ...Object.entries(valueAt(content, "spec", "portLevelMtls") ?? {}).map(
        ([port, own]) => [`port ${port}`, mode(own, "mode")] as const,
      ),
    ]);
  if (delta.status === "renamed") return;
  if (!delta.after) {
    if (isDeleted(delta, world) && modes(delta.before?.content).get("all ports") === 0)
      report("mesh/mtls-down", `${delta.before?.ref.name} is gone, and STRICT with it`);
    return;
  }
  const [before, after] = [modes(delta.before?.content), modes(delta.after?.content)];
  for (const [where, level] of after) {
    // A policy that is new takes the place of the mesh's own, which is STRICT here.
    const was = before.get(where) ?? (where === "all ports" ? 0 : (before.get("all ports") ?? 0));
    if (level > was && !(delta.status === "added" && level === UNSET))
      report(
        "mesh/mtls-down",
        `${where}: ${shown(MODES[was] ?? "inherited")} becomes ${MODES[level] ?? "inherited"}`,
        pathsUnder(delta, "spec"),
      );
  }
};

const UNSET = 1;

/** UNSET inherits, and PERMISSIVE is what it inherits in the end (istio.io, PeerAuthentication). */
function mode(value: unknown, ...keys: readonly string[]): number {
  const index = MODES.indexOf(String(valueAt(value, ...keys)));
  return index < 0 ? UNSET : index;
}

const destination: Check = (delta, _world, report) => {
  const [before, after] = pairAt(delta, "spec", "trafficPolicy", "tls", "mode");
  if (delta.after && after === "DISABLE" && before !== "DISABLE")
    report("mesh/mtls-down", `tls.mode goes from ${shown(before)} to DISABLE`, ["spec.trafficPolicy.tls.mode"]);
  const [skipped, skips] = pairAt(delta, "spec", "trafficPolicy", "tls", "insecureSkipVerify");
  if (skips === true && skipped !== true)
    report("mesh/mtls-down", "the server's certificate is no longer verified", [
      "spec.trafficPolicy.tls.insecureSkipVerify",
    ]);
};

const injection = (
  delta: Parameters<Check>[0],
  _world: Parameters<Check>[1],
  report: Parameters<Check>[2],
  path: readonly string[],
): void => {
  if (!delta.before || !delta.after) return;
  const [rev, nowRev] = pairAt(delta, ...path, "istio.io/rev");
  const [on, nowOn] = pairAt(delta, ...path, "sidecar.istio.io/inject");
  const [ns, nowNs] = pairAt(delta, ...path, "istio-injection");
  const place = (label: string) => [
    ...pathsUnder(delta, `${path.join(".")}["${label}"]`),
    ...pathsUnder(delta, `${path.join(".")}.${label}`),
  ];
  if (rev !== undefined && nowRev === undefined)
    report("mesh/injection-off", `loses the label istio.io/rev: ${shown(rev)}`, place("istio.io/rev"));
  else if (rev !== undefined && rev !== nowRev)
    report(
      "mesh/revision",
      `goes from ${shown(rev)} to ${shown(nowRev)}; pods take it over when they restart`,
      place("istio.io/rev"),
    );
  if (nowOn === "false" && on !== "false")
    report("mesh/injection-off", "turns its sidecar off", place("sidecar.istio.io/inject"));
  if (ns === "enabled" && nowNs !== "enabled" && nowRev === undefined)
    report("mesh/injection-off", "turns sidecars off", place("istio-injection"));
};
