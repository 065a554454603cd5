import { readRecording } from "../../../cli/diff/infra";
import { type RecordedResource, recorded } from "../../../infra/record";
import { exported, SECRET } from "../../../infra/record/export";
import { withFolder } from "../../cli/folder";
import { PRESETS } from "../helpers";

function resource(more: Partial<RecordedResource>): RecordedResource {
  return {
    type: "azure-native:containerservice:ManagedCluster",
    name: "app1",
    urn: "urn",
    custom: true,
    inputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: true,
    retainOnDelete: false,
    deleteBeforeReplace: false,
    ignoreChanges: [],
    secrets: [],
    ...more,
  };
}

const exportedFrom = (...resources: readonly RecordedResource[]) =>
  exported({ resources, outputs: { password: "hush" }, secretOutputs: ["password"] });

test("secrets are not in it, however deep they are", () => {
  const { resources } = exportedFrom(
    resource({
      inputs: { a: "hush", b: { c: [{ d: "hush", e: 1 }], f: { g: "hush" } } },
      secrets: ["a", "b.c[0].d", "b.f"],
    }),
  );
  expect(resources).toMatchObject([{ inputs: { a: SECRET, b: { c: [{ d: SECRET, e: 1 }], f: SECRET } } }]);
});

test("inputs whose changes the program ignores are not in it, nor components, nor outputs", () => {
  const { resources } = exportedFrom(
    resource({ inputs: { count: 3, size: 1, unknown: undefined }, ignoreChanges: ["count"] }),
    resource({ name: "group", custom: false }),
  );
  expect(resources.map(({ name, inputs, protect }) => [name, inputs, protect])).toEqual([["app1", { size: 1 }, true]]);
});

test("the order of registration is not in it", () => {
  const [one, two] = [resource({ name: "one" }), resource({ name: "two" })];
  expect(exportedFrom(two, one)).toEqual(exportedFrom(one, two));
});

test("what plans a replacement is in it", () => {
  const { replacement } = exportedFrom(resource({}));
  expect(replacement["azure-native:containerservice:ManagedCluster"]).toEqual(
    expect.arrayContaining(["dnsPrefix", "resourceName"]),
  );
});

test.each(PRESETS)("%s is what a comparison reads", async (preset) => {
  const recording = await recorded({ preset });
  await withFolder({ "to.json": JSON.stringify(exported(recording)) }, (folder) => {
    const { resources, replacement } = readRecording(`${folder}/to.json`);
    expect(resources).toHaveLength(recording.resources.filter(({ custom }) => custom).length);
    expect(Object.keys(replacement).length).toBeGreaterThan(10);
  });
});

test("a secret that the program is given is not in it", async () => {
  const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nhush\n-----END OPENSSH PRIVATE KEY-----\n";
  const config = { "aks-fleet:gitSshPrivateKey": key, "aks-fleet:gitKnownHosts": "github.com ssh-ed25519 AAAA" };
  const text = JSON.stringify(exported(await recorded({ preset: "default", config })));
  expect(text).toContain(SECRET);
  expect(text).not.toContain("hush");
});
