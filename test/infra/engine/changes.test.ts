import type { Engine } from "../../../infra/engine/run";
import type { Edit, OperationResult } from "../../../infra/engine/types";
import { describeEngine, engineFor, expectOk, inCloud, kinds, lines, MINUTES } from "./helpers";

/** Where each preset's data is. */
const FLEETS = { default: "clusters/fleet.ts", demo: "clusters/presets/demo.ts" } as const;

/** What a person changes in a file, and what the engine then does. Each starts from the same provisioned stack. */
function provisionedOnce(preset: keyof typeof FLEETS) {
  const stack: { engine?: Engine } = {};
  beforeAll(async () => {
    stack.engine = await engineFor(preset);
    expectOk(await stack.engine.run("up", { saveOnce: true }));
    await stack.engine.save("provisioned");
  }, 5 * MINUTES);
  afterEach(() => stack.engine?.load("provisioned"));
  afterAll(() => stack.engine?.stop(), MINUTES);
  const engine = () => {
    if (!stack.engine) throw new Error("the engine did not start");
    return stack.engine;
  };
  const up = (from: string, to: string, file: string = FLEETS[preset]): Promise<OperationResult> => {
    const edits: readonly Edit[] = [{ file, from, to }];
    return engine().run("up", { edits });
  };
  return { engine, up };
}

describeEngine("a change of the default preset", () => {
  const { engine, up } = provisionedOnce("default");

  it(
    "that others made in Azure is found, and put back",
    async () => {
      const cloud = await engine().cloud();
      const group = inCloud(cloud, "resources:ResourceGroup", "rg-k8s-demo-app1");
      const peering = cloud.find(({ token }) => token === "azure-native:network:VirtualNetworkPeering");
      await engine().tamper(group.id, { tags: { owner: "somebody-else" } });
      await engine().forget(peering?.id ?? "");
      const found = expectOk(await engine().run("refresh"));
      expect(kinds(found.steps)).toEqual(["delete", "update"]);
      const mended = expectOk(await engine().run("up"));
      expect(kinds(mended.steps)).toEqual(["create", "update"]);
      expect(mended.steps.map(({ paths }) => paths.join())).toContain("tags.owner");
      expect(inCloud(await engine().cloud(), "resources:ResourceGroup", "rg-k8s-demo-app1").inputs).toEqual(
        group.inputs,
      );
    },
    5 * MINUTES,
  );

  it(
    "of a tag updates what has tags, and nothing else",
    async () => {
      const result = expectOk(await up('"managed-by": "pulumi"', '"managed-by": "platform-team"', "infra/context.ts"));
      expect(kinds(result.steps)).toEqual(["update"]);
      expect([...new Set(result.steps.flatMap(({ paths }) => paths))]).toEqual(["tags.managed-by"]);
      expect(result.steps.length).toBeGreaterThan(10);
    },
    3 * MINUTES,
  );

  it(
    "of an ingress pool's node size replaces that pool alone",
    async () => {
      const result = expectOk(
        await up('name: "ingress", vmSize: "Standard_D2s_v5"', 'name: "ingress", vmSize: "Standard_D4s_v5"'),
      );
      expect(lines(result.steps)).toEqual([
        "create-replacement containerservice:AgentPool aks-mgmt-ingress",
        "delete-replaced containerservice:AgentPool aks-mgmt-ingress",
        "replace containerservice:AgentPool aks-mgmt-ingress",
      ]);
      expect(result.steps.flatMap(({ replacing }) => replacing)).toContain("vmSize");
    },
    3 * MINUTES,
  );

  it(
    "of a system pool's node size is refused by Azure, and undone by undoing it",
    async () => {
      const result = await up('name: "system", vmSize: "Standard_D4s_v5"', 'name: "system", vmSize: "Standard_D8s_v5"');
      expect(result.ok).toBe(false);
      expect(result.errors.join("\n")).toMatch(
        /PropertyChangeNotAllowed: .*\/aks-mgmt: agentPoolProfiles\[0\]\.vmSize/,
      );
      const back = expectOk(await engine().run("up"));
      expect(back.steps).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    "of a subnet's range updates the network in place",
    async () => {
      const result = expectOk(await up('bastion: "10.1.100.0/26"', 'bastion: "10.1.102.0/26"'));
      expect(kinds(result.steps)).toEqual(["update"]);
      const network = result.steps.find(({ name }) => name === "vnet-k8s-demo-mgmt");
      expect(network?.paths.filter((path) => !/^subnets\[\d\]\.addressPrefix$/.test(path))).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    "of a pod range replaces the cluster with all on it, and identities trust the new one",
    async () => {
      const before = await issuers(engine());
      const result = expectOk(await up('pods: "192.168.0.0/16"', 'pods: "100.64.0.0/16"'));
      const cluster = result.steps.filter(({ type }) => type.endsWith(":ManagedCluster"));
      expect(lines(cluster)).toEqual([
        "create-replacement containerservice:ManagedCluster aks-mgmt",
        "delete-replaced containerservice:ManagedCluster aks-mgmt",
        "replace containerservice:ManagedCluster aks-mgmt",
      ]);
      expect(cluster.flatMap(({ replacing }) => replacing)).toContain("networkProfile.podCidr");
      const replaced = result.steps.filter(({ op }) => op === "replace").map(({ type }) => type.split(":").pop());
      expect(replaced).toEqual(expect.arrayContaining(["AgentPool", "Extension", "FluxConfiguration"]));
      const after = await issuers(engine());
      expect(before).toHaveLength(1);
      expect(after).toHaveLength(1);
      expect(after).not.toEqual(before);
      const again = expectOk(await engine().run("refresh"));
      expect(again.steps).toEqual([]);
    },
    5 * MINUTES,
  );
});

/** The issuers that the federated credentials of mgmt's workloads trust. */
async function issuers(engine: Engine): Promise<readonly unknown[]> {
  const cloud = await engine.cloud();
  const credentials = cloud.filter(({ id }) => /\/id-k8s-demo-mgmt-[^/]+\/federatedIdentityCredentials\//.test(id));
  return [...new Set(credentials.map(({ inputs }) => inputs["issuer"]))];
}

describeEngine("a change of the demo preset", () => {
  const { up } = provisionedOnce("demo");

  it(
    "of the Spot pools' node size replaces them alone",
    async () => {
      const result = expectOk(
        await up('name: "spot", vmSize: "Standard_D2s_v5"', 'name: "spot", vmSize: "Standard_D4s_v5"'),
      );
      expect(new Set(result.steps.map(({ type }) => type))).toEqual(
        new Set(["azure-native:containerservice:AgentPool"]),
      );
      expect(result.changes["replace"]).toBe(3);
    },
    3 * MINUTES,
  );
});
