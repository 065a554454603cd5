import { overlaps } from "../../../clusters/model/cidr";
import type { AzureResource } from "../model";
import { at, lastOf, list, network, text, texts } from "./read";
import { about, type Fault, faultIf, ofType, type ProgramRule } from "./rule";

/** Rules about clusters, networks and associations together. */
export const PLATFORM_PROGRAM_RULES: readonly ProgramRule[] = [
  {
    id: "node-provisioning",
    source: "learn.microsoft.com/azure/aks/node-auto-provisioning: limitations: no cluster autoscaler on the pools",
    check: autoscaling,
  },
  {
    id: "ranges-apart",
    source:
      "learn.microsoft.com/azure/aks/concepts-network-cni-overlay: pods and services apart from every reachable network",
    check: apart,
  },
  {
    id: "peering-ranges",
    source:
      "learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview: address spaces must not overlap",
    check: networksApart,
  },
  {
    id: "association-name",
    source:
      "microsoft/Docker-Provider, Container Insights templates: the association is named ContainerInsightsExtension",
    check: insights,
  },
  {
    id: "bastion-rules",
    source: "learn.microsoft.com/azure/bastion/bastion-nsg: all rules or none",
    check: bastionRules,
  },
];

type Found = ReturnType<ProgramRule["check"]>;

function clusterNamed(resources: readonly AzureResource[], name: string | undefined): AzureResource | undefined {
  return ofType(resources, "containerservice:ManagedCluster").find(
    ({ inputs }) => name !== undefined && text(inputs, "resourceName") === name,
  );
}

function autoscaling(resources: readonly AzureResource[]): Found {
  return ofType(resources, "containerservice:AgentPool").flatMap((pool) => {
    const cluster = clusterNamed(resources, text(pool.inputs, "resourceName"));
    const auto = text(cluster?.inputs, "nodeProvisioningProfile", "mode") === "Auto";
    const reason = `is on, though ${cluster?.name} provisions nodes by itself`;
    const faults = faultIf(
      auto && at(pool.inputs, "enableAutoScaling") === true,
      "enableAutoScaling",
      reason,
      "give the pool a fixed count",
    );
    return faults.map((fault) => about(pool, fault));
  });
}

interface Space {
  readonly resource: AzureResource;
  readonly cidr: string;
  readonly range: NonNullable<ReturnType<typeof network>>;
}

function spaces(resources: readonly AzureResource[]): readonly Space[] {
  return ofType(resources, "network:VirtualNetwork").flatMap((resource) =>
    texts(resource.inputs, "addressSpace", "addressPrefixes").flatMap((cidr) => {
      const range = network(cidr);
      return range ? [{ resource, cidr, range }] : [];
    }),
  );
}

function apart(resources: readonly AzureResource[]): Found {
  const networks = spaces(resources);
  return ofType(resources, "containerservice:ManagedCluster").flatMap((cluster) =>
    ["podCidr", "serviceCidr"].flatMap((name) => {
      const cidr = text(cluster.inputs, "networkProfile", name);
      const range = cidr === undefined ? undefined : network(cidr);
      return networks
        .filter((other) => range && overlaps(range, other.range))
        .map((other) =>
          about(cluster, {
            path: `networkProfile.${name}`,
            reason: `is ${cidr}, which overlaps ${other.cidr} of ${other.resource.name}`,
            fix: "choose another range",
          }),
        );
    }),
  );
}

function networksApart(resources: readonly AzureResource[]): Found {
  const networks = spaces(resources);
  return ofType(resources, "network:VirtualNetworkPeering").flatMap((peering) => {
    const remoteId = text(peering.inputs, "remoteVirtualNetwork", "id");
    const named = (name: string | undefined) =>
      networks.filter(({ resource }) => name !== undefined && text(resource.inputs, "virtualNetworkName") === name);
    const own = named(text(peering.inputs, "virtualNetworkName"));
    const remote = named(remoteId === undefined ? undefined : lastOf(remoteId));
    return own.flatMap((a) =>
      remote
        .filter((b) => overlaps(a.range, b.range))
        .map((b) =>
          about(peering, {
            path: "remoteVirtualNetwork.id",
            reason: `joins ${a.cidr} with ${b.cidr}, which overlaps`,
            fix: "choose ranges that are apart",
          }),
        ),
    );
  });
}

const INSIGHTS = "ContainerInsightsExtension";

function insights(resources: readonly AzureResource[]): Found {
  const rules = ofType(resources, "monitor:DataCollectionRule").filter(({ inputs }) =>
    list(inputs, "dataSources", "extensions").some(
      (extension) => text(extension, "extensionName") === "ContainerInsights",
    ),
  );
  const names = rules.map(({ inputs }) => text(inputs, "dataCollectionRuleName"));
  return ofType(resources, "monitor:DataCollectionRuleAssociation").flatMap((association) => {
    const rule = text(association.inputs, "dataCollectionRuleId");
    const name = text(association.inputs, "associationName");
    const wrong = rule !== undefined && names.includes(lastOf(rule)) && name !== undefined && name !== INSIGHTS;
    return faultIf(wrong, "associationName", `is ${name} for Container Insights`, `write ${INSIGHTS}`).map((fault) =>
      about(association, fault),
    );
  });
}

const DEMANDED = [
  ["Inbound", "443", "Internet", "*"],
  ["Inbound", "443", "GatewayManager", "*"],
  ["Inbound", "443", "AzureLoadBalancer", "*"],
  ["Inbound", "8080", "VirtualNetwork", "VirtualNetwork"],
  ["Inbound", "5701", "VirtualNetwork", "VirtualNetwork"],
  ["Outbound", "22", "*", "VirtualNetwork"],
  ["Outbound", "3389", "*", "VirtualNetwork"],
  ["Outbound", "443", "*", "AzureCloud"],
  ["Outbound", "8080", "VirtualNetwork", "VirtualNetwork"],
  ["Outbound", "5701", "VirtualNetwork", "VirtualNetwork"],
  ["Outbound", "80", "*", "Internet"],
] as const;

function bastionRules(resources: readonly AzureResource[]): Found {
  const used = ofType(resources, "network:VirtualNetwork").flatMap(({ inputs }) =>
    list(inputs, "subnets").flatMap((subnet) =>
      text(subnet, "name") === "AzureBastionSubnet" ? (text(subnet, "networkSecurityGroup", "id") ?? []) : [],
    ),
  );
  return ofType(resources, "network:NetworkSecurityGroup").flatMap((group) => {
    const name = text(group.inputs, "networkSecurityGroupName");
    if (!used.some((id) => lastOf(id) === name)) return [];
    const rules = list(group.inputs, "securityRules").filter((rule) => text(rule, "access") === "Allow");
    return DEMANDED.filter((wanted) => !rules.some((rule) => allows(rule, wanted))).map(
      ([direction, port, from, to]) => {
        const fault: Fault = {
          path: "securityRules",
          reason: `lets no ${direction} traffic from ${from} to ${to} reach port ${port}, which the Bastion needs`,
          fix: "add the rule",
        };
        return about(group, fault);
      },
    );
  });
}

function allows(rule: unknown, [direction, port, from, to]: (typeof DEMANDED)[number]): boolean {
  const one = (name: string) =>
    [text(rule, name) ?? [], ...texts(rule, name.endsWith("x") ? `${name}es` : `${name}s`)].flat();
  const has = (name: string, value: string) => one(name).some((item) => item === value || item === "*");
  return (
    text(rule, "direction") === direction &&
    has("destinationPortRange", port) &&
    has("sourceAddressPrefix", from) &&
    has("destinationAddressPrefix", to)
  );
}
