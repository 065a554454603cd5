import { azureName } from "../../clusters/fleet";
import { graphOf } from "../../infra/record";
import { ofType, one, PRESETS, type Provisioned, provisioned } from "./helpers";

/** Types that hold data which nothing else has. */
const DATA = [
  "applicationinsights:Component",
  "containerregistry:Registry",
  "dataprotection:BackupInstance",
  "dataprotection:BackupPolicy",
  "dataprotection:BackupVault",
  "dns:Zone",
  "keyvault:Vault",
  "monitor:AzureMonitorWorkspace",
  "operationalinsights:Workspace",
  "resources:ResourceGroup",
  "storage:BlobContainer",
  "storage:StorageAccount",
];

/** Types whose resources belong to something else, and disappear with it. */
const CHILDREN: Readonly<Record<string, string>> = {
  "compute:VirtualMachineExtension": "compute:VirtualMachine",
  "containerservice:AgentPool": "containerservice:ManagedCluster",
  "containerservice:MaintenanceConfiguration": "containerservice:ManagedCluster",
  "containerservice:TrustedAccessRoleBinding": "containerservice:ManagedCluster",
  "dataprotection:BackupInstance": "dataprotection:BackupVault",
  "dataprotection:BackupPolicy": "dataprotection:BackupVault",
  "kubernetesconfiguration:Extension": "containerservice:ManagedCluster",
  "kubernetesconfiguration:FluxConfiguration": "containerservice:ManagedCluster",
  "logic:Workflow": "containerservice:ManagedCluster",
  "managedidentity:FederatedIdentityCredential": "managedidentity:UserAssignedIdentity",
  "monitor:DataCollectionRuleAssociation": "containerservice:ManagedCluster",
  "network:PrivateDnsZoneGroup": "network:PrivateEndpoint",
  "network:VirtualNetworkPeering": "network:VirtualNetwork",
  "privatedns:VirtualNetworkLink": "privatedns:PrivateZone",
  "storage:BlobContainer": "storage:StorageAccount",
};

describe.each(PRESETS)("the %s fleet", (preset) => {
  let given: Provisioned;
  beforeAll(async () => {
    given = await provisioned(preset);
  });

  test("no two resources have one name in Azure", () => {
    const ids = given.resources.map(({ id }) => id);
    expect(ids.filter((id, index) => id === undefined || ids.indexOf(id) !== index)).toEqual([]);
  });

  test("groups are those that the description names", () => {
    const { fleet, resources } = given;
    const names = fleet.clusters.flatMap(({ name }) => [
      azureName.clusterGroup(fleet, name),
      azureName.snapshotsGroup(fleet, name),
    ]);
    expect(
      ofType(resources, "resources:ResourceGroup")
        .map(({ name }) => name)
        .sort(),
    ).toEqual([azureName.commonGroup(fleet), ...names].sort());
  });

  test("what holds data is protected, and nothing else, so that a cluster can be rebuilt", () => {
    const { fleet, resources } = given;
    const rebuilt = fleet.clusters.map(({ name }) => azureName.clusterGroup(fleet, name));
    const holding = resources.filter(
      ({ type, name }) => DATA.includes(type.replace("azure-native:", "")) && !rebuilt.includes(name),
    );
    expect(resources.filter(({ protect }) => protect).map(({ urn }) => urn)).toEqual(holding.map(({ urn }) => urn));
  });

  test("what belongs to something stands under it", () => {
    const types = new Map(given.resources.map(({ urn, type }) => [urn, type.replace("azure-native:", "")]));
    const parents = Object.entries(CHILDREN).flatMap(([child, parent]) =>
      ofType(given.resources, child).map((each) => [each.name, types.get(each.parent ?? ""), parent]),
    );
    expect(parents.filter(([, found, wanted]) => found !== wanted)).toEqual([]);
    expect(given.resources.filter(({ custom }) => !custom)).toEqual([]);
  });

  test("names are given, so replacements come after deletions; only role assignments have none", () => {
    const kept = given.resources.filter(({ deleteBeforeReplace }) => !deleteBeforeReplace).map(({ type }) => type);
    expect([...new Set(kept)]).toEqual(["azure-native:authorization:RoleAssignment"]);
  });

  test("a cluster can be deleted with its group: nothing of another cluster or of all waits for it", () => {
    const { fleet, resources } = given;
    const graph = graphOf(resources);
    for (const { name } of fleet.clusters) {
      const managed = one(resources, "containerservice:ManagedCluster", azureName.cluster(name));
      const waiting = resources
        .filter((each) => graph.before(managed, each))
        .map(({ inputs }) => inputs["resourceGroupName"]);
      const own = [azureName.clusterGroup(fleet, name), undefined];
      const others = [...new Set(waiting)].filter((group) => !own.includes(group as string | undefined));
      // Its backup instance lies in the shared vault.
      expect(others).toEqual([azureName.commonGroup(fleet)]);
    }
  });

  test("autoscaled pools' counts and the budget's start are not looked at again", () => {
    const ignoring = given.resources.filter(({ ignoreChanges }) => ignoreChanges.length > 0);
    const pools = ofType(given.resources, "containerservice:AgentPool").filter(
      ({ inputs }) => inputs["enableAutoScaling"] === true,
    );
    expect(ignoring.map(({ name, ignoreChanges }) => [name, ...ignoreChanges]).sort()).toEqual(
      [...pools.map(({ name }) => [name, "count"]), [azureName.budget(given.fleet), "timePeriod"]].sort(),
    );
  });
});
