import { check, object, type TestObject } from "./check";

function labelled(
  labels: Readonly<Record<string, unknown>>,
  annotations: Readonly<Record<string, unknown>> = {},
): TestObject {
  const metadata = { name: "a", namespace: "shop", labels, annotations };
  return { apiVersion: "v1", kind: "ConfigMap", metadata } as TestObject;
}

test.each([
  ["a_b c", ""],
  ["", ""],
  ["a/b/c", ""],
  ["Example.com/a", ""],
  ["-a", ""],
  ["a".repeat(64), ""],
  [`${"a".repeat(254)}/a`, ""],
  ["/a", ""],
  ["example.com/", ""],
  ["a", "with space"],
  ["a", "a/b"],
  ["a", "-a"],
  ["a", "a."],
  ["a", "a".repeat(64)],
  ["a", "ä"],
])("refuses the label %j: %j", async (key, value) => {
  expect(await check(labelled({ [key]: value }))).toEqual([expect.stringMatching(/^label\/invalid metadata\.labels/)]);
});

test.each([
  ["app.kubernetes.io/name", "api"],
  ["a_B.c-1", "1.2.3-rc_1"],
  ["a", ""],
  ["1", "1"],
  ["a".repeat(63), "a".repeat(63)],
  [`${"a".repeat(253)}/a`, ""],
  ["cluster", "${CLUSTER}"],
  ["cluster", "app-${CLUSTER:=a b}"],
])("takes the label %j: %j", async (key, value) => {
  expect(await check(labelled({ [key]: value }))).toEqual([]);
});

test("annotations have keys like labels, in any case, and any value", async () => {
  expect(await check(labelled({}, { "Example.com/Some_Key": "any {thing} at all\n" }))).toEqual([]);
  expect(await check(labelled({}, { "a b": "", "x/y/z": "" }))).toEqual([
    expect.stringMatching(/^annotation\/invalid metadata\.annotations\["a b"\]: the key "a b" must/),
    expect.stringMatching(/^annotation\/invalid metadata\.annotations\["x\/y\/z"\]: .*at most one/),
  ]);
});

test("annotations together are at most 256 KiB, in bytes", async () => {
  expect(await check(labelled({}, { a: "x".repeat(256 * 1024 - 1) }))).toEqual([]);
  expect(await check(labelled({}, { a: "x".repeat(256 * 1024) }))).toEqual([
    "annotation/invalid metadata.annotations: together they have 262145 bytes; at most 262144 are allowed",
  ]);
  expect(await check(labelled({}, { a: "é".repeat(140 * 1024) }))).toHaveLength(1);
});

const WRONG = { app: "not valid" };

test.each<[string, TestObject]>([
  [
    "spec.template.metadata.labels.app",
    object("apps/v1", "Deployment", "a", { spec: { template: { metadata: { labels: WRONG } } } }),
  ],
  [
    "spec.jobTemplate.spec.template.metadata.labels.app",
    object("batch/v1", "CronJob", "a", {
      spec: { jobTemplate: { spec: { template: { metadata: { labels: WRONG } } } } },
    }),
  ],
  [
    "spec.selector.matchLabels.app",
    object("apps/v1", "Deployment", "a", { spec: { selector: { matchLabels: WRONG } } }),
  ],
  ["spec.selector.app", object("v1", "Service", "a", { spec: { selector: WRONG } })],
  [
    "spec.ingress[0].from[0].podSelector.matchLabels.app",
    object("networking.k8s.io/v1", "NetworkPolicy", "a", {
      spec: { ingress: [{ from: [{ podSelector: { matchLabels: WRONG } }] }] },
    }),
  ],
  [
    "spec.template.spec.nodeSelector.app",
    object("apps/v1", "Deployment", "a", { spec: { template: { spec: { nodeSelector: WRONG } } } }),
  ],
  [
    "spec.commonMetadata.labels.app",
    object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "a", { spec: { commonMetadata: { labels: WRONG } } }),
  ],
  [
    "spec.volumeClaimTemplates[0].metadata.labels.app",
    object("apps/v1", "StatefulSet", "a", { spec: { volumeClaimTemplates: [{ metadata: { labels: WRONG } }] } }),
  ],
])("finds it at %s", async (path, each) => {
  expect(await check(each)).toEqual([expect.stringContaining(`label/invalid ${path}: `)]);
});

test("what is not Kubernetes' is left alone", async () => {
  const values = { podMetadata: 1, metadata: { labels: WRONG }, matchLabels: WRONG };
  const template = { metadata: { labels: { app: "{{ .name }}" } } };
  expect(
    await check(
      object("helm.toolkit.fluxcd.io/v2", "HelmRelease", "a", { spec: { values } }),
      object("external-secrets.io/v1", "ExternalSecret", "a", { spec: { target: { template } } }),
      object("v1", "ConfigMap", "a", { data: { matchLabels: "x y", metadata: "x y" } }),
    ),
  ).toEqual([]);
});

test("types that are wrong are the schema's business", async () => {
  expect(await check(labelled({ a: 1, b: null, c: ["x y"] }))).toEqual([]);
});
