import { diffInfra, infraFindings, readRecording } from "../../../cli/diff/infra";
import { withFolder } from "../folder";
import { compare, rulesIn } from "./trees";

const cluster = {
  type: "containerservice:ManagedCluster",
  name: "app1",
  inputs: { dnsPrefix: "a", tags: { a: "b" }, agentPoolProfiles: [{ name: "system", vmSize: "a" }] },
};
const credential = {
  type: "managedidentity:FederatedIdentityCredential",
  name: "ledger",
  inputs: { subject: "system:serviceaccount:a:a" },
};
const replacement = {
  "containerservice:ManagedCluster": ["dnsPrefix", "agentPoolProfiles[].vmSize", "networkProfile.podCidr"],
};
const recording = (...resources: readonly { type: string; name: string; inputs: Record<string, unknown> }[]) => ({
  resources: [...resources],
  replacement,
});
const rules = (...sides: Parameters<typeof diffInfra>) => infraFindings(diffInfra(...sides)).map(({ rule }) => rule);

describe("diffInfra", () => {
  it("says nothing of equal recordings", () => {
    expect(diffInfra(recording(cluster), recording(cluster))).toEqual([]);
  });

  it.each([
    ["infra/replaced", { ...cluster.inputs, dnsPrefix: "b" }],
    ["infra/replaced", { ...cluster.inputs, agentPoolProfiles: [{ name: "system", vmSize: "b" }] }],
    ["infra/replaced", { ...cluster.inputs, networkProfile: { podCidr: "a" } }],
    ["infra/changed", { ...cluster.inputs, tags: { a: "c" } }],
    ["infra/changed", { ...cluster.inputs, dnsPrefixOther: "a" }],
  ])("%s", (rule, inputs) => {
    expect(rules(recording(cluster), recording({ ...cluster, inputs }))).toEqual([rule]);
  });

  it("tells resources that come and go, and a subject that differs", () => {
    expect(rules(recording(), recording(cluster))).toEqual(["infra/added"]);
    expect(rules(recording(cluster), recording())).toEqual(["infra/removed"]);
    const other = { ...credential, inputs: { subject: "system:serviceaccount:a:b" } };
    expect(rules(recording(credential), recording(other))).toEqual(["infra/subject"]);
  });
});

it("is part of the comparison, and of the gate", async () => {
  const root = { "one/flux-system": [] };
  const tree = { ...root, "one/app": [] };
  const files = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "flux-system" } };
  const both = { ...tree, "one/flux-system": [files] };
  const options = { infra: { from: recording(cluster), to: recording() } };
  const result = await compare(both, both, options);
  expect(rulesIn(result)).toEqual(["infra/removed"]);
  expect(result.summary.exitCode).toBe(1);
  const waiver = {
    rule: "infra/removed",
    clusters: ["azure"],
    resource: { type: cluster.type, name: cluster.name },
    reason: "it is taken down",
    ask: "platform@example.com",
    expires: "2026-12-01",
  };
  expect((await compare(both, both, { ...options, waivers: [waiver] })).summary).toMatchObject({
    exitCode: 0,
    waived: 1,
  });
});

it.each([
  ["{", "cannot be read"],
  ["{}", "is no recording"],
  ['{"resources":[{"type":1}]}', "resources.0.type"],
])("refuses a recording of %s", async (text, said) => {
  await withFolder({ "a.json": text }, (folder) => {
    expect(() => readRecording(`${folder}/a.json`)).toThrow(said);
  });
});
