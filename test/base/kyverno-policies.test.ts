import { App } from "cdk8s";
import { EXCLUDED_NAMESPACES } from "../../base/kyverno";
import { KyvernoPolicies } from "../../base/kyverno-policies";
import type { ValidatingPolicy } from "../../imports/policies.kyverno.io";
import { objectOf, objectsOf } from "../helpers/render";

const component = new KyvernoPolicies(new App(), { registry: "acrk8sdemo.azurecr.io" });
const policy = (name: string) => objectOf<ValidatingPolicy>(component, "ValidatingPolicy", name).spec;
const NAMES = [
  "disallow-privileged-containers",
  "require-labels",
  "require-resource-limits",
  "restrict-image-registries",
];

test("has four policies of the kind that Kyverno keeps: ClusterPolicy ends with 1.20", () => {
  expect(
    objectsOf(component)
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(NAMES);
  for (const { apiVersion, kind } of objectsOf(component)) {
    expect([apiVersion, kind]).toEqual(["policies.kyverno.io/v1", "ValidatingPolicy"]);
  }
});

test("denies, and fails closed, but for labels, which are only audited", () => {
  const how = (name: string) => [policy(name).validationActions, policy(name).failurePolicy];
  expect(how("restrict-image-registries")).toEqual([["Deny"], "Fail"]);
  expect(how("require-resource-limits")).toEqual([["Deny"], "Fail"]);
  expect(how("disallow-privileged-containers")).toEqual([["Deny"], "Fail"]);
  expect(how("require-labels")).toEqual([["Audit"], "Ignore"]);
});

test("does not hold up pods for an audit that does not answer", () => {
  expect(policy("require-labels").webhookConfiguration?.timeoutSeconds).toBeLessThanOrEqual(2);
});

describe.each(NAMES)("%s", (name) => {
  test("looks at no excluded namespace", () => {
    expect(policy(name).matchConstraints?.namespaceSelector).toEqual({
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: [...EXCLUDED_NAMESPACES] }],
    });
  });

  test("matches pods, what creates them, and containers that are added to debug", () => {
    const resources = policy(name).matchConstraints?.resourceRules?.flatMap((rule) => rule.resources ?? []);
    expect(resources?.slice().sort()).toEqual([
      "cronjobs",
      "daemonsets",
      "deployments",
      "jobs",
      "pods",
      "pods/ephemeralcontainers",
      "statefulsets",
    ]);
  });

  test("never matches nodes, leases or everything: such a webhook can keep a cluster from starting or stopping", () => {
    const text = JSON.stringify(policy(name).matchConstraints);
    expect(text).not.toMatch(/nodes|leases|"\*"/);
  });

  test("has nothing that Flux would take for a variable", () => {
    expect(JSON.stringify(policy(name))).not.toContain("$");
  });
});

test("is applied after the controller, whose CRDs and webhook it needs", () => {
  expect(component.delivery.dependsOn).toEqual(["kyverno"]);
});

test("takes other public registries", () => {
  const other = new KyvernoPolicies(new App(), { registry: "a.azurecr.io", publicRegistries: ["registry.k8s.io"] });
  const text = JSON.stringify(objectOf(other, "ValidatingPolicy", "restrict-image-registries"));
  expect(text).toContain("registry.k8s.io/");
  expect(text).not.toContain("quay.io");
});
