import type { DiffResult, FieldChange } from "../../../../cli/diff/model";
import type { Graph } from "./reports";

/** The graphs of the fleet, as its Flux Kustomizations declare them. */
export const GRAPHS: Readonly<Record<string, Graph>> = {
  app1: {
    namespaces: [],
    "priority-classes": [],
    "storage-classes": [],
    karpenter: [],
    istio: ["namespaces"],
    secrets: ["namespaces"],
    "cert-manager": ["namespaces", "priority-classes"],
    "external-secrets": ["namespaces", "priority-classes"],
    kyverno: ["namespaces", "priority-classes"],
    reloader: ["namespaces", "priority-classes"],
    kiali: ["istio", "namespaces", "priority-classes", "secrets"],
    "cert-manager-issuers": ["cert-manager"],
    "external-secrets-stores": ["cert-manager-issuers", "external-secrets"],
    "kyverno-policies": ["kyverno"],
    monitoring: ["cert-manager", "external-secrets", "kiali", "kyverno", "namespaces", "reloader"],
    "workloads-storefront": [
      ...["istio", "karpenter", "kyverno-policies", "namespaces", "priority-classes", "reloader", "secrets"],
      "storage-classes",
    ],
    night: ["workloads-storefront"],
  },
  app2: {
    namespaces: [],
    "priority-classes": [],
    "storage-classes": [],
    karpenter: [],
    secrets: ["namespaces"],
    kyverno: ["namespaces", "priority-classes"],
    reloader: ["namespaces", "priority-classes"],
    "kyverno-policies": ["kyverno"],
    monitoring: ["kyverno", "namespaces", "reloader"],
    "workloads-ledger": [
      "karpenter",
      "kyverno-policies",
      "namespaces",
      "priority-classes",
      "reloader",
      "secrets",
      "storage-classes",
    ],
    night: ["workloads-ledger"],
  },
  mgmt: {
    namespaces: [],
    "priority-classes": [],
    "storage-classes": [],
    karpenter: [],
    istio: ["namespaces"],
    secrets: ["namespaces"],
    "cert-manager": ["namespaces", "priority-classes"],
    "external-secrets": ["namespaces", "priority-classes"],
    kiali: ["istio", "namespaces", "priority-classes", "secrets"],
    "cert-manager-issuers": ["cert-manager"],
    "external-secrets-stores": ["cert-manager-issuers", "external-secrets"],
    monitoring: ["cert-manager", "external-secrets", "kiali", "namespaces"],
  },
};

const SCRIPT = [
  "#!/bin/sh",
  "set -eu",
  "",
  "# Stops the cluster at night, unless somebody works late.",
  "name=$1",
  "zone=$2",
  "state=$(az aks show --name $name --query powerState.code)",
  'if [ "$state" = Stopped ]; then exit 0; fi',
  "az aks stop --name $name --no-wait",
  "echo stopped $name in $zone",
];

const FAMILY = "spec.template.spec.requirements[key=karpenter.azure.com/sku-family].values";

/** What differs, by the names that changes call it. */
export const FIELDS: Readonly<Record<string, readonly FieldChange[]>> = {
  policy: [{ path: "spec.validationActions", before: ["Deny"], after: ["Audit"] }],
  namespace: [
    {
      path: "",
      before: { apiVersion: "v1", kind: "Namespace", metadata: { name: "legacy-batch", labels: { team: "ledger" } } },
    },
  ],
  deployment: [
    { path: "spec.selector.matchLabels.app", before: "storefront", after: "shop" },
    {
      path: "spec.template.spec.containers[name=storefront].image",
      before: "acrk8sdemo7f3a.azurecr.io/storefront:2.4.1@sha256:9f86d081884c7d65",
      after: "acrk8sdemo7f3a.azurecr.io/storefront:2.5.0@sha256:60303ae22b998861",
    },
    {
      path: "spec.template.spec.containers[name=storefront].env[name=GREETING]",
      after: { name: "GREETING", value: "<b>hello</b> & welcome" },
    },
    { path: "spec.template.spec.containers[name=storefront].resources.limits.memory", before: "512Mi", after: "768Mi" },
  ],
  nodePoolApp1: [
    { path: FAMILY, before: ["D"], after: ["D", "E"] },
    { path: "spec.limits.cpu", before: 64, after: 128 },
  ],
  nodePoolApp2: [{ path: "spec.limits.cpu", before: 64, after: 96 }],
  authorization: [
    {
      path: "spec.rules[0].from",
      before: [{ source: { namespaces: ["istio-ingress"] } }],
      after: [{ source: { namespaces: ["istio-ingress", "monitoring"] } }],
    },
  ],
  gateway: [
    {
      path: "spec.servers[name=https].hosts",
      before: ["www.example.com"],
      after: ["www.example.com", "shop.example.com"],
    },
  ],
  chart: [{ path: "spec.ref.tag", before: "3.9.0", after: "3.10.0" }],
  script: [
    {
      path: 'data["stop.sh"]',
      before: `${SCRIPT.join("\n")}\n`,
      after: `${SCRIPT.toSpliced(6, 1, "state=$(az aks show --name $name --resource-group rg-$name --query powerState.code)").join("\n")}\n`,
    },
  ],
  account: [
    {
      path: 'metadata.annotations["example.com/owner"]',
      before: "team-storefront",
      after: "team-store\u200bfront \u202e/* approved */",
    },
  ],
  certificate: [{ path: "spec.dnsNames", before: ["www.example.com"], after: ["www.example.com", "shop.example.com"] }],
  monitor: [
    {
      path: "",
      after: {
        apiVersion: "azmonitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { namespace: "monitoring", labels: { cluster: "<cluster>" } },
        spec: { podMetricsEndpoints: [{ port: "metrics", interval: "30s" }] },
      },
    },
  ],
  scaler: [{ path: "spec.maxReplicas", before: 9, after: 12 }],
};

/** What differs beside objects. */
export const FACTS: Partial<DiffResult> = {
  images: [
    {
      object: { apiVersion: "apps/v1", kind: "Deployment", namespace: "storefront", name: "storefront" },
      container: "storefront",
      before: "acrk8sdemo7f3a.azurecr.io/storefront:2.4.1",
      after: "acrk8sdemo7f3a.azurecr.io/storefront:2.5.0",
      clusters: ["app1"],
    },
  ],
  versions: [
    { what: "chart", name: "kyverno", before: "3.9.0", after: "3.10.0", step: "minor", clusters: ["app1", "app2"] },
    { what: "mesh", name: "storefront", before: "asm-1-27", after: "asm-1-28", step: "minor", clusters: ["app1"] },
  ],
  variables: [
    { name: "LEDGER_DATABASE_HOST", status: "undefined", clusters: ["app2"], usedBy: ["ConfigMap ledger/settings"] },
  ],
  infra: [
    {
      type: "containerservice:ManagedCluster",
      name: "aks-app1",
      status: "replaced",
      fields: [{ path: "dnsPrefix", before: "aks-app1", after: "aks-shop" }],
      replacedBy: ["dnsPrefix"],
    },
  ],
};

const rule = (id: string, severity: DiffResult["rules"][number]["severity"], title: string, doc: string) => ({
  id,
  severity,
  title,
  doc,
});

/** The rules that the findings name. */
export const RULES: DiffResult["rules"] = [
  rule(
    "policy/weaker-action",
    "danger",
    "A policy stops denying",
    "What it forbade can now be created. Keep Deny, or have it approved until a day.",
  ),
  rule(
    "prune/data-loss",
    "danger",
    "Flux deletes data",
    "Move what is on the volumes first; then remove what holds them.",
  ),
  rule(
    "object/immutable",
    "danger",
    "A field that the API server does not let change",
    "The Kustomization fails until the object is deleted by hand.",
  ),
  rule(
    "move/recreated",
    "danger",
    "A move between Kustomizations deletes a live object",
    "Disable its pruning first, move it, enable it again.",
  ),
  rule(
    "nodes/replaced",
    "warning",
    "Nodes are replaced",
    "Karpenter replaces drifted nodes within its disruption budgets.",
  ),
  rule(
    "mesh/allow-list-wider",
    "warning",
    "More callers are let in",
    "Name the service accounts that call, not whole namespaces.",
  ),
  rule(
    "exposure/host",
    "warning",
    "A host is served to the Internet",
    "Check who may reach it, and that its certificate covers it.",
  ),
  rule(
    "rename/object",
    "warning",
    "An object is renamed",
    "Kubernetes has no renaming: one is deleted, another created.",
  ),
  rule(
    "text/hidden-characters",
    "warning",
    "Characters that nobody sees",
    "They make text look like other text. Delete them.",
  ),
  rule("workload/image", "notice", "A container runs another image", "Its pods are replaced."),
  rule("version/chart-minor", "notice", "A chart goes up a minor version", "Read its release notes."),
  rule("nodes/limits", "notice", "A node pool may grow", "Check the quota of the region."),
  rule("certificate/reissued", "notice", "A certificate is issued anew", "Mind the rate limits of the issuer."),
];
