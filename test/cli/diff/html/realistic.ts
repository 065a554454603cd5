import {
  bySeverity,
  type Change,
  type DiffResult,
  type Effect,
  type Finding,
  type ObjectRef,
  type Severity,
  type Status,
} from "../../../../cli/diff/model";
import { FACTS, FIELDS, GRAPHS, RULES } from "./realistic-data";
import { reportOf } from "./reports";

/** A change in a few words; what is left out follows from it. */
interface Draft {
  readonly object: readonly [apiVersion: string, kind: string, name: string];
  readonly in: string;
  readonly on: readonly string[];
  readonly effects: readonly (readonly [Effect["kind"], string])[];
  readonly status?: Status;
  /** Name of its fields in `FIELDS`. */
  readonly fields?: string;
  readonly was?: Change["was"];
  readonly says?: readonly (readonly [Severity, rule: string, message: string, field?: string])[];
  readonly waiver?: Finding["waiver"];
}

const WAIVER = {
  reason: "the shop is closed for maintenance that night",
  ask: "platform@example.com",
  expires: "2026-12-31",
};

const BOTH = ["app1", "app2"];
const ALL = ["app1", "app2", "mgmt"];

const DRAFTS: readonly Draft[] = [
  {
    object: ["policies.kyverno.io/v1", "ValidatingPolicy", "restrict-image-registries"],
    in: "kyverno-policies",
    on: BOTH,
    fields: "policy",
    effects: [["updated", "updated in place"]],
    says: [
      [
        "danger",
        "policy/weaker-action",
        "actions go from Deny to Audit: what it forbade is now only reported",
        "spec.validationActions",
      ],
    ],
  },
  {
    object: ["v1", "Namespace", "legacy-batch"],
    in: "namespaces",
    on: ["app2"],
    status: "removed",
    fields: "namespace",
    effects: [["pruned", "deleted by Flux with all that is in it, 2 volumes of 80 GiB among it"]],
    says: [
      [
        "danger",
        "prune/data-loss",
        "Flux deletes the Namespace, and with it PersistentVolumeClaims ledger-archive and ledger-scratch",
      ],
    ],
  },
  {
    object: ["apps/v1", "Deployment", "storefront/storefront"],
    in: "workloads-storefront",
    on: ["app1"],
    fields: "deployment",
    effects: [
      ["refused", "refused by the API server until it is deleted and made anew"],
      ["rolls-pods", "rolls pods of 3 to 9 replicas"],
    ],
    says: [
      [
        "danger",
        "object/immutable",
        "the API server refuses spec.selector of a Deployment until it is deleted and made anew",
        "spec.selector.matchLabels.app",
      ],
      [
        "notice",
        "workload/image",
        "container storefront runs storefront:2.5.0 in place of :2.4.1",
        "spec.template.spec.containers[name=storefront].image",
      ],
    ],
  },
  {
    object: ["v1", "Service", "storefront/storefront"],
    in: "istio",
    on: ["app1"],
    status: "moved",
    was: { component: "workloads-storefront", namespace: "storefront", name: "storefront" },
    effects: [["recreated", "deleted by workloads-storefront and made anew by istio, unless istio is first"]],
    says: [["danger", "move/recreated", "Flux may delete it with workloads-storefront before istio makes it anew"]],
    waiver: WAIVER,
  },
  {
    object: ["karpenter.sh/v1", "NodePool", "general"],
    in: "karpenter",
    on: ["app1"],
    fields: "nodePoolApp1",
    effects: [["replaces-nodes", "replaces its nodes, at most 20% at a time"]],
    says: [
      [
        "warning",
        "nodes/replaced",
        "its nodes drift and are replaced: spec.template.spec.requirements",
        FIELDS["nodePoolApp1"]?.[0]?.path ?? "",
      ],
    ],
  },
  {
    object: ["karpenter.sh/v1", "NodePool", "general"],
    in: "karpenter",
    on: ["app2", "mgmt"],
    fields: "nodePoolApp2",
    effects: [["updated", "updated in place"]],
    says: [["notice", "nodes/limits", "its limit of CPUs goes from 64 to 96", "spec.limits.cpu"]],
  },
  {
    object: ["security.istio.io/v1", "AuthorizationPolicy", "storefront/storefront"],
    in: "workloads-storefront",
    on: ["app1"],
    fields: "authorization",
    effects: [["updated", "updated in place"]],
    says: [
      [
        "warning",
        "mesh/allow-list-wider",
        "callers from namespace monitoring are let in as well",
        "spec.rules[0].from",
      ],
    ],
  },
  {
    object: ["networking.istio.io/v1", "Gateway", "istio-ingress/public"],
    in: "istio",
    on: ["app1", "mgmt"],
    fields: "gateway",
    effects: [["reconfigures-gateway", "takes in new listeners without a restart"]],
    says: [
      ["warning", "exposure/host", "shop.example.com is served to the Internet", "spec.servers[name=https].hosts"],
    ],
  },
  {
    object: ["v1", "ConfigMap", "storefront/storefront-settings"],
    in: "workloads-storefront",
    on: ["app1"],
    status: "renamed",
    was: { component: "workloads-storefront", namespace: "storefront", name: "storefront-tmp" },
    effects: [
      ["created", "created under its new name"],
      ["pruned", "the one of the old name is deleted by Flux"],
    ],
    says: [
      [
        "warning",
        "rename/object",
        "named storefront-tmp before, with the same content: the old one is deleted, the new one created",
      ],
    ],
  },
  {
    object: ["source.toolkit.fluxcd.io/v1", "OCIRepository", "flux-system/kyverno"],
    in: "kyverno",
    on: BOTH,
    fields: "chart",
    effects: [["upgrades-chart", "upgrades HelmRelease flux-system/kyverno"]],
    says: [["notice", "version/chart-minor", "chart kyverno goes from 3.9.0 to 3.10.0", "spec.ref.tag"]],
  },
  {
    object: ["v1", "ConfigMap", "flux-system/night-script"],
    in: "night",
    on: BOTH,
    fields: "script",
    effects: [["updated", "updated in place"]],
  },
  {
    object: ["v1", "ServiceAccount", "storefront/storefront"],
    in: "workloads-storefront",
    on: ["app1"],
    fields: "account",
    effects: [["updated", "updated in place"]],
    says: [
      [
        "warning",
        "text/hidden-characters",
        "an annotation has characters that nobody sees",
        'metadata.annotations["example.com/owner"]',
      ],
    ],
  },
  {
    object: ["cert-manager.io/v1", "Certificate", "istio-ingress/public"],
    in: "cert-manager-issuers",
    on: ["app1", "mgmt"],
    fields: "certificate",
    effects: [["reissues-certificate", "asks for a new certificate"]],
    says: [["notice", "certificate/reissued", "its names change, so that it is issued anew", "spec.dnsNames"]],
  },
  ...["storefront", "kyverno", "reloader", "karpenter"].map(
    (name): Draft => ({
      object: ["azmonitoring.coreos.com/v1", "PodMonitor", `monitoring/${name}`],
      in: "monitoring",
      on: name === "karpenter" ? ALL : BOTH,
      status: "added",
      fields: "monitor",
      effects: [["created", "created"]],
    }),
  ),
  {
    object: ["autoscaling/v2", "HorizontalPodAutoscaler", "ledger/ledger"],
    in: "workloads-ledger",
    on: ["app2"],
    fields: "scaler",
    effects: [["scales", "scales to 3 to 12 replicas"]],
  },
];

/** What a pull request of some size might do to the fleet; the picture in the documentation shows it. */
export function realisticReport(): DiffResult {
  const findings = DRAFTS.flatMap((draft, index) =>
    (draft.says ?? []).map(
      ([severity, rule, message, field]): Finding => ({
        rule,
        severity,
        message,
        object: refOf(draft),
        clusters: draft.on,
        change: `c${index}`,
        fields: field === undefined ? [] : [field],
        blocking: severity === "danger" && !draft.waiver,
        ...(draft.waiver ? { waiver: draft.waiver } : {}),
      }),
    ),
  );
  findings.sort(worstFirst);
  return reportOf({ changes: DRAFTS.map(changeOf).sort(worstFirst), findings, graphs: GRAPHS, rules: RULES, ...FACTS });
}

function worstFirst(one: { readonly severity: Severity }, other: { readonly severity: Severity }): number {
  return bySeverity(one.severity, other.severity);
}

function changeOf(draft: Draft, index: number): Change {
  const { status = "changed", on, effects, says = [], was } = draft;
  const object = refOf(draft);
  const file = [object.kind.toLowerCase(), object.namespace, object.name]
    .filter((part) => part !== undefined)
    .join(".");
  return {
    id: `c${index}`,
    status,
    object,
    component: draft.in,
    ...(was ? { was } : {}),
    clusters: on,
    files: on.map((cluster) => `${cluster}/${draft.in}/${file}.yaml`),
    fields: FIELDS[draft.fields ?? ""] ?? [],
    effects: effects.map(([kind, text]) => ({ kind, text })),
    severity: says[0]?.[0] ?? "info",
  };
}

function refOf({ object: [apiVersion, kind, path] }: Draft): ObjectRef {
  const [namespace, name] = path.split("/");
  return name === undefined ? { apiVersion, kind, name: path } : ({ apiVersion, kind, namespace, name } as ObjectRef);
}
