import { azureName, type Cluster, type Fleet, SUBNETS } from "../../clusters/fleet";
import { bastionRules, jumpHostRules, nodeRules, type SecurityRule } from "./rules";

/** A subnet before it has ids. */
export interface SubnetPlan {
  readonly name: string;
  readonly range: string;
  /** Name of its network security group. */
  readonly securityGroup: string;
  readonly rules: readonly SecurityRule[];
  /** Whether it leaves by the NAT gateway; nothing leaves by Azure's default outbound access. */
  readonly nat: boolean;
}

/** One direction of a peering. */
export interface PeeringPlan {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The subnets of a cluster's network. */
export function subnetsOf(fleet: Fleet, cluster: Cluster): readonly SubnetPlan[] {
  const { nodes, bastion, jumpHost } = cluster.network;
  const subnet = (
    name: string,
    use: string,
    range: string,
    rules: readonly SecurityRule[],
    nat = false,
  ): SubnetPlan => ({
    name,
    range,
    securityGroup: azureName.securityGroup(fleet, cluster.name, use),
    rules,
    nat,
  });
  return [
    subnet(SUBNETS.nodes, "nodes", nodes, nodeRules(fleet, cluster)),
    ...(bastion ? [subnet(SUBNETS.bastion, "bastion", bastion, bastionRules())] : []),
    ...(jumpHost
      ? [subnet(SUBNETS.jumpHost, "jump-host", jumpHost, jumpHostRules(bastion ?? cluster.network.vnet), true)]
      : []),
  ];
}

/** A full mesh: every network with every other, both ways, as each side of a peering is a resource of its own. */
export function peeringsOf(fleet: Fleet): readonly PeeringPlan[] {
  const names = fleet.clusters.map(({ name }) => name);
  return names.flatMap((from) =>
    names.filter((to) => to !== from).map((to) => ({ name: azureName.peering(from, to), from, to })),
  );
}

/** The cluster whose network holds what the fleet has once: the way in and the private endpoints. */
export function hubOf(fleet: Fleet): Cluster {
  const hub = fleet.clusters.find(({ network }) => network.bastion) ?? fleet.clusters[0];
  if (!hub) throw new Error("the fleet has no cluster");
  return hub;
}
