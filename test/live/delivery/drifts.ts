import type { Plane } from "../../../cli/live/plane";
import type { Application } from "./application";
import { deleteByHand, editByHand, type Named, named } from "./byhand";

/** Something that somebody does to a cluster by hand, and the component or release that has to undo it. */
export interface Drift {
  readonly what: string;
  /** The component, or `root`; or the HelmRelease. */
  readonly by: string;
  readonly object: Named;
  readonly act: (plane: Plane) => Promise<unknown>;
}

const STORAGE = "storage.k8s.io/v1";
const RBAC = "rbac.authorization.k8s.io/v1";

/** A container that the policies let in. */
const EXTRA = {
  name: "extra",
  image: "mcr.microsoft.com/extra:1",
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "10m", memory: "16Mi" } },
};

/** What is done by hand to objects of the repository. */
export function driftsOf({ name, component }: Application): readonly Drift[] {
  const deployment = named("apps/v1", "Deployment", name, name);
  const denial = named("networking.k8s.io/v1", "NetworkPolicy", "default-deny", name);
  const quota = named("v1", "ResourceQuota", "team", name);
  const namespace = named("v1", "Namespace", name);
  const account = named("v1", "ServiceAccount", name, name);
  const budget = named("policy/v1", "PodDisruptionBudget", name, name);
  const scraping = named("v1", "ConfigMap", "ama-metrics-settings-configmap", "kube-system");
  const variables = named("v1", "ConfigMap", "cluster-vars", "flux-system");
  const policy = named("policies.kyverno.io/v1", "ValidatingPolicy", "restrict-image-registries");
  const pool = named("karpenter.sh/v1", "NodePool", "spot-workers");
  const disk = named(STORAGE, "StorageClass", "managed-csi-retain");
  const kustomization = named("kustomize.toolkit.fluxcd.io/v1", "Kustomization", component, "flux-system");
  const image = [{ op: "replace", path: "/spec/template/spec/containers/0/image", value: "mcr.microsoft.com/else:1" }];
  const sidecar = {
    spec: { template: { spec: { containers: [EXTRA] } } },
  };
  const privileged = { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } };
  const edit = (what: string, by: string, object: Named, patch: unknown): Drift => ({
    what,
    by,
    object,
    act: (plane) => editByHand(plane, object, patch),
  });
  const removal = (by: string, object: Named): Drift => ({
    what: `${object.kind} ${object.metadata.name} deleted`,
    by,
    object,
    act: (plane) => deleteByHand(plane, object),
  });
  return [
    {
      what: "another image",
      by: component,
      object: deployment,
      act: (plane) => editByHand(plane, deployment, image, "json"),
    },
    edit("its environment's label lost", component, deployment, {
      spec: { template: { metadata: { labels: { version: null } } } },
    }),
    edit("a client id taken", component, account, {
      metadata: { annotations: { "azure.workload.identity/client-id": "x" } },
    }),
    edit("a variable", "root", variables, { data: { AZURE_TENANT_ID: "another" } }),
    edit("a setting added", "monitoring", scraping, { data: { extra: "by hand" } }),
    edit("traffic let in", "namespaces", denial, { spec: { ingress: [{}], policyTypes: ["Egress"] } }),
    edit("a quota raised", "namespaces", quota, { spec: { hard: { pods: "4000" } } }),
    edit("pod security switched off", "namespaces", namespace, privileged),
    edit("a policy switched off", "kyverno-policies", policy, { spec: { validationActions: ["Audit"] } }),
    edit("a pool without limits", "karpenter", pool, { spec: { limits: { cpu: "1000" } } }),
    edit("pruning switched off", "root", kustomization, { spec: { prune: false } }),
    edit("a component suspended", "root", kustomization, { spec: { suspend: true } }),
    {
      what: "a container added",
      by: component,
      object: deployment,
      act: (plane) => editByHand(plane, deployment, sidecar, "strategic-merge"),
    },
    removal(component, deployment),
    removal(component, budget),
    removal("namespaces", denial),
    removal("kyverno-policies", policy),
    removal("storage-classes", disk),
  ];
}

/** What is done by hand to objects of charts. */
export const CHART_DRIFTS: readonly Drift[] = [
  chartEdit("replicas", "reloader", named("apps/v1", "Deployment", "reloader", "reloader"), { spec: { replicas: 3 } }),
  chartEdit("rights taken away", "kyverno", named(RBAC, "ClusterRole", "kyverno:admission-controller:core"), {
    rules: [],
  }),
  chartEdit("settings", "kyverno", named("v1", "ConfigMap", "kyverno", "kyverno"), { data: { resourceFilters: "" } }),
  chartRemoval("kyverno", named("policy/v1", "PodDisruptionBudget", "kyverno-admission-controller", "kyverno")),
  chartRemoval("kyverno", named(RBAC, "ClusterRoleBinding", "kyverno:background-controller")),
];

function chartEdit(what: string, by: string, object: Named, patch: unknown): Drift {
  return { what, by, object, act: (plane) => editByHand(plane, object, patch) };
}

function chartRemoval(by: string, object: Named): Drift {
  return { what: "deleted", by, object, act: (plane) => deleteByHand(plane, object) };
}
