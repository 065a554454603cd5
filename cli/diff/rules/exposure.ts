import { isJson, type Json, valueAt } from "../../validate/types";
import { type Delta, kindOf } from "../entry";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, isGone, listed, newIn, objectsAt, pathsUnder, shown, textsAt } from "./values";

/** What can be reached from outside. */
export const EXPOSURE = {
  "exposure/host-added": {
    severity: "warning",
    title: "A host answers from outside",
    doc: "A gateway, route or ingress serves a name it did not serve before. Check who may reach it, and that DNS and the certificate cover it.",
  },
  "exposure/host-removed": {
    severity: "warning",
    title: "A host answers no more",
    doc: "Clients of that name get 404 or no connection.",
  },
  "exposure/listener": {
    severity: "warning",
    title: "A gateway listens on another port",
    doc: "A server or listener is new. The load balancer must carry it too.",
  },
  "exposure/tls-down": {
    severity: "danger",
    title: "A gateway asks for less TLS",
    doc: "TLS goes, its lowest version goes down, client certificates are no longer asked for, or plain HTTP is no longer redirected.",
  },
  "exposure/service-public": {
    severity: "danger",
    title: "A Service can be reached from outside the cluster",
    doc: "LoadBalancer without `azure-load-balancer-internal` takes a public address past the gateway; NodePort opens every node; externalIPs take traffic of any address.",
  },
  "exposure/service-selector": {
    severity: "warning",
    title: "A Service leads to other pods or ports",
    doc: "Its selector, ports or type differ: connections may have nowhere to go while pods of the new kind start.",
  },
  "exposure/route": {
    severity: "notice",
    title: "A route leads elsewhere",
    doc: "Weights, destinations, retries or timeouts of a host differ.",
  },
  "gateway/changed": {
    severity: "notice",
    title: "A gateway is reconfigured",
    doc: "Running proxies take it over within seconds; connections stay. It holds for every host behind it.",
  },
  "gateway/restarted": {
    severity: "warning",
    title: "A gateway's pods are replaced",
    doc: "Its infrastructure or class differs, so that its own Deployment rolls; long connections break.",
  },
} as const satisfies RuleDocs;

/** Looks at gateways, routes and Services. */
export const exposure: Check = (delta, world, report) => {
  hosts(delta, world, report);
  if (delta.ref.kind === "Service") services(delta, world, report);
  if (delta.ref.kind === "Gateway") gateways(delta, world, report);
  if (ROUTES.has(kindOf(delta.ref)) && delta.before && delta.after) {
    const paths = delta.fields
      .map(({ path }) => path)
      .filter((path) => /^spec\.(http|tcp|tls|rules|trafficPolicy|subsets)\b/.test(path));
    if (paths.length > 0) report("exposure/route", `${listed(paths)} differ`, paths);
  }
};

const ROUTES: ReadonlySet<string> = new Set([
  "networking.istio.io/VirtualService",
  "networking.istio.io/DestinationRule",
  "networking.k8s.io/Ingress",
  "gateway.networking.k8s.io/HTTPRoute",
]);

const hosts: Check = (delta, world, report) => {
  if (delta.status === "removed" && !isDeleted(delta, world)) return;
  const [before, after] = [hostsOf(delta.before), hostsOf(delta.after)];
  const paths =
    delta.before && delta.after
      ? delta.fields.map(({ path }) => path).filter((path) => /host|servers|listeners|gateways|rules/i.test(path))
      : [];
  const more = newIn(before, after);
  const fewer = newIn(after, before);
  if (more.length > 0) report("exposure/host-added", `serves ${listed(more)}`, paths);
  if (fewer.length > 0) report("exposure/host-removed", `no longer serves ${listed(fewer)}`, paths);
};

function hostsOf(entry: Delta["before"]): readonly string[] {
  if (!entry) return [];
  const { content } = entry;
  switch (kindOf(entry.ref)) {
    case "networking.istio.io/VirtualService":
      // Without a gateway it is for the mesh's own traffic.
      return textsAt(content, "spec", "gateways").some((gateway) => gateway !== "mesh")
        ? textsAt(content, "spec", "hosts")
        : [];
    case "networking.istio.io/Gateway":
      return objectsAt(content, "spec", "servers").flatMap((server) =>
        textsAt(server, "hosts").map((host) => `${host}:${String(valueAt(server, "port", "number"))}`),
      );
    case "gateway.networking.k8s.io/Gateway":
      return objectsAt(content, "spec", "listeners").map(
        ({ hostname, port }) => `${String(hostname ?? "*")}:${String(port)}`,
      );
    case "gateway.networking.k8s.io/HTTPRoute":
    case "gateway.networking.k8s.io/TLSRoute":
      return textsAt(content, "spec", "hostnames");
    case "networking.k8s.io/Ingress":
      return objectsAt(content, "spec", "rules").map(({ host }) => String(host ?? "*"));
    default:
      return [];
  }
}

const INTERNAL = "service.beta.kubernetes.io/azure-load-balancer-internal";

const services: Check = (delta, _world, report) => {
  if (!delta.after) return;
  const [was, is] = [reach(delta.before), reach(delta.after)];
  const more = newIn(was, is);
  if (more.length > 0)
    report(
      "exposure/service-public",
      `becomes ${listed(more)}`,
      pathsUnder(delta, "spec.type", "spec.externalIPs", "spec.ports", "metadata.annotations"),
    );
  if (!delta.before) return;
  const paths = pathsUnder(delta, "spec.selector", "spec.ports", "spec.type");
  if (paths.length > 0) report("exposure/service-selector", `${listed(paths)} differ`, paths);
};

function reach(entry: Delta["before"]): readonly string[] {
  if (!entry) return [];
  const type = valueAt(entry.content, "spec", "type");
  const isInternal = valueAt(entry.content, "metadata", "annotations", INTERNAL) === "true";
  return [
    ...(type === "LoadBalancer" && !isInternal ? ["a public LoadBalancer"] : []),
    ...(type === "NodePort" ? ["a NodePort on every node"] : []),
    ...textsAt(entry.content, "spec", "externalIPs").map((address) => `reachable at ${address}`),
  ];
}

const gateways: Check = (delta, _world, report) => {
  if (!delta.after || !delta.before || isGone(delta)) return;
  const paths = pathsUnder(delta, "spec");
  if (paths.length === 0) return;
  const restarts =
    kindOf(delta.ref) === "gateway.networking.k8s.io/Gateway"
      ? pathsUnder(delta, "spec.infrastructure", "spec.gatewayClassName")
      : [];
  if (restarts.length > 0) report("gateway/restarted", `${listed(restarts)} differ`, restarts);
  else report("gateway/changed", `${listed(paths)} differ`, paths);
  const [before, after] = [delta.before, delta.after].map(({ content }) => serversIn(content));
  const fresh = newIn([...(before?.keys() ?? [])], [...(after?.keys() ?? [])]);
  if (fresh.length > 0) report("exposure/listener", `listens on ${listed(fresh)}`, paths);
  for (const [port, server] of after ?? []) {
    const old = before?.get(port);
    const less = old ? lessTls(old, server) : undefined;
    if (less !== undefined)
      report(
        "exposure/tls-down",
        `${port}: ${less}`,
        paths.filter((path) => /tls|servers|listeners/.test(path)),
      );
  }
};

function serversIn(content: Json): ReadonlyMap<string, Json> {
  return new Map(
    [...objectsAt(content, "spec", "servers"), ...objectsAt(content, "spec", "listeners")].map((server) => [
      `port ${String(valueAt(server, "port", "number") ?? server["port"])}`,
      server,
    ]),
  );
}

// Order of istio.io ServerTLSSettings: the more the client must show, the higher.
const TLS_MODES = ["PASSTHROUGH", "AUTO_PASSTHROUGH", "SIMPLE", "OPTIONAL_MUTUAL", "MUTUAL", "ISTIO_MUTUAL"];

function lessTls(before: Json, after: Json): string | undefined {
  const [old, now] = [before["tls"], after["tls"]];
  if (!isJson(old)) return undefined;
  if (!isJson(now)) return "TLS is gone";
  if (old["httpsRedirect"] === true && now["httpsRedirect"] !== true) return "plain HTTP is no longer redirected";
  const [one, other] = [old["minProtocolVersion"], now["minProtocolVersion"]].map((version) =>
    String(version ?? "TLS_AUTO"),
  );
  if ((one ?? "") > (other ?? "") || (one?.startsWith("TLSV1_") && other === "TLS_AUTO"))
    return `its lowest version goes from ${one} to ${other}`;
  const [mode, nowMode] = [old["mode"], now["mode"]].map((value) => TLS_MODES.indexOf(String(value)));
  return (mode ?? -1) > (nowMode ?? -1) && nowMode !== undefined
    ? `its mode goes from ${shown(old["mode"])} to ${shown(now["mode"])}`
    : undefined;
}
