import {
  disallowPrivilegedContainers,
  requireLabels,
  requireResourceLimits,
  restrictImageRegistries,
} from "../../../base/kyverno-policies/rules";

// What the expressions refuse and admit is judged by Kyverno itself, in test/policy.
const expressions = (rule: { readonly variables: readonly { readonly expression: string }[] }) =>
  rule.variables.map(({ expression }) => expression).join("\n");
const images = (places: readonly string[]) => expressions(restrictImageRegistries("acr.azurecr.io", places));
const LISTS = ["spec.containers", "spec.?initContainers", "spec.?ephemeralContainers"];

test("a registry is matched to the end of its host, or of its path", () => {
  expect(images(["quay.io", "ghcr.io/team", "registry.k8s.io/"])).toContain(
    '["quay.io/", "ghcr.io/team/", "registry.k8s.io/"]',
  );
});

test("Docker Hub is called as the reference parser calls it", () => {
  expect(images(["docker.io", "docker.io/library", "docker.io.example.com"])).toContain(
    '["index.docker.io/", "index.docker.io/library/", "docker.io.example.com/"]',
  );
});

test("images come from every kind of container, and from volumes", () => {
  for (const list of [...LISTS, "spec.?volumes"]) expect(images(["quay.io"])).toContain(list);
});

test("every kind of container may be privileged, so all are looked at", () => {
  for (const list of LISTS) expect(expressions(disallowPrivilegedContainers())).toContain(list);
});

test("ephemeral containers need no limits: Kubernetes lets them have none", () => {
  const text = expressions(requireResourceLimits());
  expect(text).toContain("spec.containers");
  expect(text).toContain("spec.?initContainers");
  expect(text).not.toContain("ephemeralContainers");
});

test("an older pod can still be labelled, lose its finalizer, and be debugged", () => {
  const conditions = (rule: { readonly matchConditions?: readonly { readonly name: string }[] }) =>
    rule.matchConditions?.map(({ name }) => name);
  expect(conditions(restrictImageRegistries("a", []))).toEqual(["changes-the-spec"]);
  expect(conditions(disallowPrivilegedContainers())).toEqual(["changes-the-spec"]);
  expect(conditions(requireResourceLimits())).toEqual(["changes-the-spec", "not-only-debugged"]);
});

test("every message is also there without its expression, which may fail", () => {
  for (const rule of [
    restrictImageRegistries("a", []),
    requireResourceLimits(),
    disallowPrivilegedContainers(),
    requireLabels(),
  ]) {
    for (const { message, messageExpression } of rule.validations)
      expect([message, messageExpression]).toEqual([expect.any(String), expect.any(String)]);
  }
});
