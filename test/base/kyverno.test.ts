import { App } from "cdk8s";
import { EXCLUDED_NAMESPACES, Kyverno, type KyvernoProps } from "../../base/kyverno";
import { SYSTEM_NODES } from "../../base/placement";
import type { HelmRelease } from "../../imports/helm.toolkit.fluxcd.io";
import { chartPin } from "../helpers/chart";
import { objectOf } from "../helpers/render";

const component = (props: Partial<KyvernoProps> = {}) =>
  new Kyverno(new App(), { chart: chartPin("kyverno"), ...props });
const release = (props?: Partial<KyvernoProps>) => objectOf<HelmRelease>(component(props), "HelmRelease");
const values = (props?: Partial<KyvernoProps>) => release(props).spec.values;

test("excludes kube-system too, since the list replaces the chart's", () => {
  expect(EXCLUDED_NAMESPACES).toContain("kube-system");
  expect(values()).toMatchObject({
    config: {
      webhooks: {
        namespaceSelector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: EXCLUDED_NAMESPACES }],
        },
      },
    },
  });
});

test("excludes what AKS and the platform own: admission that fails closed there can keep a cluster from starting or stopping", () => {
  expect(EXCLUDED_NAMESPACES).toEqual(
    expect.arrayContaining([
      "aks-command",
      "aks-istio-egress",
      "aks-istio-ingress",
      "aks-istio-system",
      "cert-manager",
      "dataprotection-microsoft",
      "external-secrets",
      "flux-system",
      "gatekeeper-system",
      "kiali",
      "kyverno",
      "reloader",
    ]),
  );
  expect([...EXCLUDED_NAMESPACES]).toEqual([...EXCLUDED_NAMESPACES].sort());
});

test("keeps AKS's admission enforcer off its webhooks, or the two would undo each other for ever", () => {
  expect(values()).toMatchObject({ config: { webhookAnnotations: { "admissions.enforcer/disabled": "true" } } });
});

test("never looks at leases, and leaves the chart's own filters (nodes, kube-system) in force", () => {
  expect(values()).toMatchObject({ config: { resourceFiltersInclude: expect.arrayContaining(["[Lease,*,*]"]) } });
  expect(values()).not.toHaveProperty("config.resourceFilters");
});

test("runs three pods for admission and two of the others, of which a drain takes one at a time", () => {
  const two = { replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } };
  expect(values()).toMatchObject({
    admissionController: { replicas: 3, podDisruptionBudget: { enabled: true, minAvailable: 2 } },
    backgroundController: two,
    cleanupController: two,
    reportsController: two,
  });
});

test("may read ephemeral containers, which the policies look at: else Kyverno calls those policies not ready", () => {
  const rule = { apiGroups: [""], resources: ["pods/ephemeralcontainers"], verbs: ["get", "list", "watch"] };
  expect(values()).toMatchObject({ reportsController: { rbac: { clusterRole: { extraResources: [rule] } } } });
});

test("has no disruption budget for a lone pod: it would block every drain", () => {
  expect(values({ replicas: { admission: 1, others: 1 } })).toMatchObject({
    admissionController: { replicas: 1, podDisruptionBudget: { enabled: false } },
  });
});

test("sets no maxUnavailable, which the chart refuses beside its default", () => {
  expect(JSON.stringify(values())).not.toContain("maxUnavailable");
});

test("runs on system nodes, its hook Jobs too, and is evicted late", () => {
  expect(values()).toMatchObject({ global: { ...SYSTEM_NODES, priorityClassName: "platform" } });
});

test("leaves its CRDs, and with them every policy, when the release goes", () => {
  const keep = { annotations: { "helm.sh/resource-policy": "keep" } };
  expect(values()).toMatchObject({ crds: keep, "kyverno-api": keep });
});

test("is installed in its own namespace, by a release in Flux's", () => {
  expect(release().metadata).toEqual({ name: "kyverno", namespace: "flux-system" });
  expect(release().spec.targetNamespace).toBe("kyverno");
  expect(component().delivery).toMatchObject({
    dependsOn: ["namespaces", "priority-classes"],
    charts: [chartPin("kyverno")],
  });
});
