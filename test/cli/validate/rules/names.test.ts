import { check, object, type TestObject } from "./check";

const LONG = (length: number) => "a".repeat(length);

function clusterWide(apiVersion: string, kind: string, name: string): TestObject {
  return { apiVersion, kind, metadata: { name } };
}

test.each([
  ["ConfigMap", object("v1", "ConfigMap", "Settings")],
  ["ConfigMap", object("v1", "ConfigMap", "my_settings")],
  ["ConfigMap", object("v1", "ConfigMap", "-a")],
  ["ConfigMap", object("v1", "ConfigMap", "a..b")],
  ["Service", object("v1", "Service", "1st")],
  ["Service", object("v1", "Service", "a.b")],
  ["Service", object("v1", "Service", LONG(64))],
  ["StatefulSet", object("apps/v1", "StatefulSet", "a.b")],
  ["CronJob", object("batch/v1", "CronJob", LONG(53))],
  ["Namespace", clusterWide("v1", "Namespace", "a.b")],
  ["ClusterRole", clusterWide("rbac.authorization.k8s.io/v1", "ClusterRole", "a/b")],
  ["ClusterRole", clusterWide("rbac.authorization.k8s.io/v1", "ClusterRole", "..")],
  ["PriorityClass", clusterWide("scheduling.k8s.io/v1", "PriorityClass", "system-mine")],
  ["a custom resource", object("cert-manager.io/v1", "Certificate", "Wildcard")],
  ["Kustomization", { ...object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", LONG(64)) }],
])("refuses a name of %s", async (_, each) => {
  expect(await check(each)).toEqual([expect.stringMatching(/^name\/invalid metadata\.name: "/)]);
});

test.each([
  ["ConfigMap", object("v1", "ConfigMap", "kube-root-ca.crt")],
  ["ConfigMap", object("v1", "ConfigMap", "1.a")],
  ["Service", object("v1", "Service", LONG(63))],
  ["CronJob", object("batch/v1", "CronJob", LONG(52))],
  ["ClusterRole", clusterWide("rbac.authorization.k8s.io/v1", "ClusterRole", "system:Reader_of pods")],
  ["Role", object("rbac.authorization.k8s.io/v1", "Role", "cert-manager:leader election")],
  ["PriorityClass", clusterWide("scheduling.k8s.io/v1", "PriorityClass", "platform")],
  ["a custom resource", object("cert-manager.io/v1", "Certificate", `${LONG(60)}.${LONG(60)}`)],
  ["Kustomization", object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", LONG(63))],
  ["what Flux fills in", object("v1", "ConfigMap", "settings-${CLUSTER}")],
])("takes a name of %s", async (_, each) => {
  expect(await check(each)).toEqual([]);
});

test("the namespace of an object is a name as well", async () => {
  const other = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "a.b" } };
  expect(await check(other)).toContainEqual(expect.stringMatching(/^name\/invalid metadata\.namespace: /));
});

function deployment(spec: Readonly<Record<string, unknown>>): TestObject {
  return object("apps/v1", "Deployment", "api", { spec: { template: { spec } } });
}

test("names inside pods", async () => {
  const image = "a:1";
  const found = await check(
    deployment({
      initContainers: [{ name: "Init", image }],
      containers: [
        {
          name: "a.b",
          image,
          ports: [{ name: "http_port" }, { name: "a-very-long-name" }, { name: "8080" }, { name: "http" }],
        },
      ],
      volumes: [{ name: "a/b" }, { name: "ok" }],
    }),
  );
  const root = "spec.template.spec.";
  expect(found.map((line) => line.slice("name/invalid ".length, line.indexOf(":")).replace(root, ""))).toEqual([
    "initContainers[0].name",
    "containers[0].name",
    "containers[0].ports[0].name",
    "containers[0].ports[1].name",
    "containers[0].ports[2].name",
    "volumes[0].name",
  ]);
});

test("names of a service's ports", async () => {
  const service = object("v1", "Service", "api", { spec: { ports: [{ name: "http-api" }, { name: "http_api" }] } });
  expect(await check(service)).toEqual([expect.stringMatching(/^name\/invalid spec\.ports\[1\]\.name: "http_api" /)]);
});

test("keys of configuration and secrets", async () => {
  const config = object("v1", "ConfigMap", "a", {
    data: { "a.b_c-D": "", "a/b": "", "..a": "" },
    binaryData: { ä: "" },
  });
  const fields = (await check(config)).map((line) => line.split(":")[0]?.slice("name/invalid ".length));
  expect(fields.sort()).toEqual(['binaryData["ä"]', 'data["..a"]', 'data["a/b"]']);
  const custom = object("example.com/v1", "ConfigMap", "a", { data: { "a/b": "" } });
  expect(await check(custom)).toEqual([]);
});

test("types that are wrong are the schema's business", async () => {
  const odd = object("v1", "Service", "api", { spec: { ports: { name: "A" } }, data: 1 });
  expect(
    await check(
      odd,
      deployment({ containers: "x", volumes: [1, null] }),
      object("v1", "ConfigMap", "a", { data: [1] }),
    ),
  ).toEqual([]);
});
