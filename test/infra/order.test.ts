import type { Cluster } from "../../clusters/fleet";
import { type Graph, graphOf, type RecordedResource } from "../../infra/record";
import { ofType, one, PRESETS, type Provisioned, provisioned } from "./helpers";

const ROLE = "authorization:RoleAssignment";
const CLUSTER = "containerservice:ManagedCluster";
const EXTENSION = "kubernetesconfiguration:Extension";

/** A step of a plan that must be finished before another begins. */
type Order = readonly [what: string, first: readonly RecordedResource[], then: readonly RecordedResource[]];

function orders({ fleet, resources }: Provisioned, cluster: Cluster): readonly Order[] {
  const { name } = cluster;
  const aks = `aks-${name}`;
  const get = (type: string, named: string) => [one(resources, type, named)];
  const all = (type: string, keep: (resource: RecordedResource) => boolean) => ofType(resources, type).filter(keep);
  const roles = (keep: RegExp) => all(ROLE, (role) => keep.test(role.name));
  const managed = get(CLUSTER, aks);
  const child = (type: string) => all(type, ({ inputs }) => inputs["resourceName"] === aks);
  const associations = all("monitor:DataCollectionRuleAssociation", (found) => found.name.startsWith(`${aks}-`));
  const credentials = all(
    "managedidentity:FederatedIdentityCredential",
    ({ inputs }) => inputs["federatedIdentityCredentialResourceName"] === aks,
  );
  const fluxExtension = get(EXTENSION, `${aks}-flux`);
  const fluxConfiguration = get("kubernetesconfiguration:FluxConfiguration", `${aks}-fleet`);
  const backupExtension = get(EXTENSION, `${aks}-azure-aks-backup`);
  const instance = get("dataprotection:BackupInstance", `${aks}-backup`);
  const endpoint = (service: string) => get("network:PrivateDnsZoneGroup", `pe-${fleet.name}-${service}`);
  const workloadRoles = roles(new RegExp(`^${name}-(cert-manager|external-secrets|kiali|storefront|ledger)-`));
  const steps: readonly Order[] = [
    ["the network before the cluster", get("network:VirtualNetwork", `vnet-${fleet.name}-${name}`), managed],
    ["peerings before the cluster", ofType(resources, "network:VirtualNetworkPeering"), managed],
    [
      "the identities before the cluster",
      all("managedidentity:UserAssignedIdentity", (found) =>
        new RegExp(`-${name}-(control-plane|kubelet)$`).test(found.name),
      ),
      managed,
    ],
    ["the cluster's roles before the cluster", roles(new RegExp(`^${name}-(control-plane|kubelet)-`)), managed],
    ["the log workspace before the cluster", ofType(resources, "operationalinsights:Workspace"), managed],
    ["the cluster before its windows", managed, child("containerservice:MaintenanceConfiguration")],
    ["the cluster before federated credentials", managed, credentials],
    ["the cluster before the operators' roles", managed, roles(new RegExp(`^operators-${name}-`))],
    ["the cluster before its associations", managed, associations],
    [
      "associations before rule groups",
      associations,
      all("alertsmanagement:PrometheusRuleGroup", (found) => found.name.endsWith(`-${aks}`)),
    ],
    [
      "the action group before alerts",
      ofType(resources, "monitor:ActionGroup"),
      all("alertsmanagement:PrometheusRuleGroup", (found) => found.name === `capacity-${aks}`),
    ],
    ["the cluster before extensions", managed, [...fluxExtension, ...backupExtension]],
    ["the extension before Flux's configuration", fluxExtension, fluxConfiguration],
    ["federated credentials before Flux's configuration", credentials, fluxConfiguration],
    ["workloads' roles before Flux's configuration", workloadRoles, fluxConfiguration],
    ["the vault's private endpoint before Flux's configuration", endpoint("key-vault"), fluxConfiguration],
    ["the container before the backup extension", get("storage:BlobContainer", `backup-${name}`), backupExtension],
    ["the storage's private endpoint before the backup extension", endpoint("blob"), backupExtension],
    ["the backup extension before its role", backupExtension, roles(new RegExp(`^${name}-backup-extension-storage$`))],
    ["backup roles before the instance", roles(new RegExp(`^${name}-backup-`)), instance],
    [
      "trusted access before the instance",
      get("containerservice:TrustedAccessRoleBinding", `${name}-backup`),
      instance,
    ],
    ["the policy before the instance", ofType(resources, "dataprotection:BackupPolicy"), instance],
    [
      "the snapshots' group before the instance",
      get("resources:ResourceGroup", `rg-${fleet.name}-${name}-snapshots`),
      instance,
    ],
  ];
  const links = all("privatedns:VirtualNetworkLink", (link) => link.name.startsWith("api-server-"));
  const pools = child("containerservice:AgentPool");
  const workflows = all("logic:Workflow", (found) => found.name.includes(`-${name}-`));
  return [
    ...steps,
    ...(pools.length > 0 ? ([["the cluster before its pools", managed, pools]] as const) : []),
    ...(fleet.api.access === "private"
      ? ([["all links of the API servers' zone before the cluster", links, managed]] as const)
      : []),
    ...(cluster.capacity.night === "stop"
      ? ([
          ["the cluster before what stops and starts it", managed, workflows],
          [
            "the role definition before its assignment",
            ofType(resources, "authorization:RoleDefinition"),
            roles(new RegExp(`^${name}-power-`)),
          ],
        ] as const)
      : []),
  ];
}

function broken(graph: Graph, [what, first, then]: Order): readonly string[] {
  if (first.length === 0) return [`${what}: there is nothing to come first`];
  if (then.length === 0) return [`${what}: there is nothing to come after`];
  return first.flatMap((a) =>
    then.filter((b) => !graph.before(a, b)).map((b) => `${what}: ${a.name} is not before ${b.name}`),
  );
}

describe.each(PRESETS)("the %s fleet", (preset) => {
  let given: Provisioned;
  let graph: Graph;
  beforeAll(async () => {
    given = await provisioned(preset);
    graph = graphOf(given.resources);
  });

  test("every cluster is built in an order that works", () => {
    expect(
      given.fleet.clusters.flatMap((cluster) => orders(given, cluster).flatMap((order) => broken(graph, order))),
    ).toEqual([]);
  });

  test("an order that is not kept would be found: without its dependencies nothing waits", () => {
    const loose = given.resources.map((resource) => ({ ...resource, dependencies: [], parent: undefined }));
    const found = given.fleet.clusters.flatMap((cluster) =>
      orders({ ...given, resources: loose }, cluster).map((order) => broken(graphOf(loose), order).length > 0),
    );
    expect(found).not.toContain(false);
  });

  test("every resource waits for its resource group", () => {
    const groups = new Map(
      ofType(given.resources, "resources:ResourceGroup").map((group) => [group.inputs["resourceGroupName"], group]),
    );
    const wrong = given.resources
      .filter(({ type, inputs }) => inputs["resourceGroupName"] !== undefined && !type.endsWith(":ResourceGroup"))
      .flatMap((resource) => {
        const group = groups.get(resource.inputs["resourceGroupName"]);
        return group && graph.before(group, resource) ? [] : [resource.name];
      });
    expect(wrong).toEqual([]);
  });

  test("data collection rules come before what refers to them", () => {
    for (const association of ofType(given.resources, "monitor:DataCollectionRuleAssociation")) {
      const rules = ofType(given.resources, "monitor:DataCollectionRule").filter((rule) =>
        graph.before(rule, association),
      );
      expect([association.name, rules.length]).toEqual([association.name, 1]);
    }
  });

  test.each([
    ["network:NetworkSecurityGroup", "network:VirtualNetwork"],
    ["privatedns:PrivateZone", "privatedns:VirtualNetworkLink"],
    ["network:VirtualNetwork", "privatedns:VirtualNetworkLink"],
    ["monitor:DataCollectionRule", "monitor:DataCollectionRuleAssociation"],
  ])("every %s comes before a %s", (first, then) => {
    const followed = ofType(given.resources, first).filter((a) =>
      ofType(given.resources, then).some((b) => graph.before(a, b)),
    );
    expect(followed).toEqual(ofType(given.resources, first));
  });

  test("a cluster waits for no other cluster", () => {
    const clusters = ofType(given.resources, CLUSTER);
    expect(
      clusters.flatMap((a) => clusters.filter((b) => graph.before(a, b)).map((b) => `${a.name} before ${b.name}`)),
    ).toEqual([]);
  });
});
