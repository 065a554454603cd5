import { check, object, type TestObject } from "./check";

function pod(image: unknown): TestObject {
  return object("v1", "Pod", "a", { spec: { containers: [{ name: "a", image }] } });
}

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["nginx", /has no tag, which means latest/],
  ["example.com:5000/team/api", /has no tag/],
  ["nginx:latest", /has the tag latest/],
  ["example.com:5000/api:latest", /has the tag latest/],
  ["${REGISTRY}/api", /has no tag/],
  ["${REGISTRY}/api:latest", /has the tag latest/],
])("%s is not pinned", async (image, reason) => {
  expect(await check(pod(image))).toEqual([expect.stringMatching(/^image\/unpinned spec\.containers\[0\]\.image: /)]);
  expect((await check(pod(image)))[0]).toMatch(reason);
});

test.each([
  "nginx:1.29.3",
  "example.com:5000/team/api:1.2.3",
  "mcr.microsoft.com/oss/kubernetes/pause:3.9",
  `nginx@${DIGEST}`,
  `nginx:latest@${DIGEST}`,
  `example.com:5000/api:1.2.3@${DIGEST}`,
  "nginx:latest-alpine",
  "nginx:v1_2.3-LATEST",
  "${REGISTRY}/api:${TAG}",
  "[::1]:5000/api:1",
  "a__b/c--d.e:1",
])("%s is pinned", async (image) => {
  expect(await check(pod(image))).toEqual([]);
});

test.each([
  undefined,
  "",
  " nginx:1",
  "nginx:1 ",
  "Nginx:1",
  "https://example.com/api:1",
  "nginx:",
  "nginx:1:2",
  "/nginx:1",
  "a//b:1",
  `nginx:${"a".repeat(129)}`,
  "nginx@sha256:abc",
  `nginx@sha256:${"A".repeat(64)}`,
  `nginx@md5:${"a".repeat(32)}`,
  `${"a".repeat(2000)}:1`,
])("%j is no image", async (image) => {
  expect(await check(pod(image))).toEqual([expect.stringMatching(/^image\/invalid /)]);
});

const BAD = { containers: [{ name: "a", image: "a" }] };

test.each<[string, TestObject]>([
  ["spec.initContainers[0].image", object("v1", "Pod", "a", { spec: { initContainers: BAD.containers } })],
  ["spec.ephemeralContainers[0].image", object("v1", "Pod", "a", { spec: { ephemeralContainers: BAD.containers } })],
  [
    "spec.volumes[0].image.reference",
    object("v1", "Pod", "a", { spec: { volumes: [{ name: "v", image: { reference: "a" } }] } }),
  ],
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map((kind): [string, TestObject] => [
    "spec.template.spec.containers[0].image",
    object("apps/v1", kind, "a", { spec: { template: { spec: BAD } } }),
  ]),
  ["spec.template.spec.containers[0].image", object("batch/v1", "Job", "a", { spec: { template: { spec: BAD } } })],
  [
    "spec.jobTemplate.spec.template.spec.containers[0].image",
    object("batch/v1", "CronJob", "a", { spec: { jobTemplate: { spec: { template: { spec: BAD } } } } }),
  ],
  [
    "spec.jobTargetRef.template.spec.containers[0].image",
    object("keda.sh/v1alpha1", "ScaledJob", "a", { spec: { jobTargetRef: { template: { spec: BAD } } } }),
  ],
])("finds it at %s of its kind", async (path, each) => {
  expect(await check(each)).toEqual([expect.stringContaining(`image/unpinned ${path}: `)]);
});

test("a kind of the same name in another group makes no pods", async () => {
  expect(await check(object("example.com/v1", "Deployment", "a", { spec: { template: { spec: BAD } } }))).toEqual([]);
});

test("the tag latest in a chart's values", async () => {
  const release = (values: unknown) => object("helm.toolkit.fluxcd.io/v2", "HelmRelease", "a", { spec: { values } });
  expect(await check(release({ image: { repository: "a", tag: "latest" }, list: [{ tag: "latest" }] }))).toEqual([
    expect.stringMatching(/^image\/unpinned spec\.values\.image\.tag: /),
    expect.stringMatching(/^image\/unpinned spec\.values\.list\[0\]\.tag: /),
  ]);
  expect(await check(release({ image: { repository: "a", tag: "v1" }, latest: true, tags: ["latest"] }))).toEqual([]);
});

test("types that are wrong are the schema's business", async () => {
  expect(
    await check(pod(1), object("v1", "Pod", "b", { spec: { containers: "x" } }), object("v1", "Pod", "c", { spec: 1 })),
  ).toEqual([]);
});
