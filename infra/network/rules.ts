import { SecurityRuleAccess, SecurityRuleDirection, SecurityRuleProtocol } from "@pulumi/azure-native/network";
import type { Cluster, Fleet } from "../../clusters/fleet";

/** A rule of a network security group. */
export interface SecurityRule {
  readonly name: string;
  readonly description: string;
  /** 100 to 4096; the lowest that matches decides. */
  readonly priority: number;
  readonly direction: SecurityRuleDirection;
  readonly access: SecurityRuleAccess;
  readonly protocol: SecurityRuleProtocol;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly string[];
}

const INBOUND = SecurityRuleDirection.Inbound;
const OUTBOUND = SecurityRuleDirection.Outbound;
const ALLOW = SecurityRuleAccess.Allow;
const DENY = SecurityRuleAccess.Deny;
const TCP = SecurityRuleProtocol.Tcp;
const ANY = SecurityRuleProtocol.Asterisk;

/**
 * Rules of a cluster's node subnet. Other clusters reach what they may share, private endpoints and internal gateways, by HTTPS and nothing
 * else. An overlay needs its pods and nodes to reach each other, which a rule of ours must not take away.
 * Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay, network security groups.
 */
export function nodeRules(fleet: Fleet, cluster: Cluster): readonly SecurityRule[] {
  const { nodes, pods } = cluster.network;
  const peers = fleet.clusters.filter(({ name }) => name !== cluster.name).map(({ network }) => network.vnet);
  const overlay: SecurityRule = {
    name: "allow-overlay",
    description: "Nodes and pods of this cluster reach each other",
    priority: 100,
    direction: INBOUND,
    access: ALLOW,
    protocol: ANY,
    from: [nodes, pods],
    to: [nodes, pods],
    ports: ["*"],
  };
  const web: SecurityRule = {
    name: "allow-web",
    description: "The mesh's ingress gateway answers the internet",
    priority: 200,
    direction: INBOUND,
    access: ALLOW,
    protocol: TCP,
    from: ["Internet"],
    to: ["*"],
    ports: ["80", "443"],
  };
  const https: SecurityRule = {
    name: "allow-peers-https",
    description: "Other clusters reach private endpoints and internal gateways",
    priority: 300,
    direction: INBOUND,
    access: ALLOW,
    protocol: TCP,
    from: peers,
    to: [nodes],
    ports: ["443"],
  };
  const others: SecurityRule = {
    name: "deny-peers",
    description: "Other clusters reach nothing else",
    priority: 400,
    direction: INBOUND,
    access: DENY,
    protocol: ANY,
    from: peers,
    to: ["*"],
    ports: ["*"],
  };
  return [overlay, ...(cluster.mesh?.ingress ? [web] : []), ...(peers.length > 0 ? [https, others] : [])];
}

/** Rules of the jump host's subnet: SSH from the Bastion, nothing else from any network of ours. */
export function jumpHostRules(bastion: string): readonly SecurityRule[] {
  return [
    {
      name: "allow-bastion-ssh",
      description: "Operators come through the Bastion",
      priority: 100,
      direction: INBOUND,
      access: ALLOW,
      protocol: TCP,
      from: [bastion],
      to: ["*"],
      ports: ["22"],
    },
    {
      name: "deny-inbound",
      description: "Nobody else comes in",
      priority: 4096,
      direction: INBOUND,
      access: DENY,
      protocol: ANY,
      from: ["*"],
      to: ["*"],
      ports: ["*"],
    },
  ];
}

/** The eight rules that Azure demands of a Bastion's subnet. Source: learn.microsoft.com/azure/bastion/bastion-nsg. */
export function bastionRules(): readonly SecurityRule[] {
  const rule = (
    direction: SecurityRuleDirection,
    priority: number,
    name: string,
    protocol: SecurityRuleProtocol,
    from: string,
    to: string,
    ports: readonly string[],
  ): SecurityRule => ({
    name,
    description: "Demanded by Azure Bastion",
    priority,
    direction,
    access: ALLOW,
    protocol,
    from: [from],
    to: [to],
    ports,
  });
  return [
    rule(INBOUND, 120, "allow-https-inbound", TCP, "Internet", "*", ["443"]),
    rule(INBOUND, 130, "allow-gateway-manager-inbound", TCP, "GatewayManager", "*", ["443"]),
    rule(INBOUND, 140, "allow-load-balancer-inbound", TCP, "AzureLoadBalancer", "*", ["443"]),
    rule(INBOUND, 150, "allow-host-communication-inbound", ANY, "VirtualNetwork", "VirtualNetwork", ["8080", "5701"]),
    rule(OUTBOUND, 100, "allow-ssh-rdp-outbound", ANY, "*", "VirtualNetwork", ["22", "3389"]),
    rule(OUTBOUND, 110, "allow-azure-cloud-outbound", TCP, "*", "AzureCloud", ["443"]),
    rule(OUTBOUND, 120, "allow-host-communication-outbound", ANY, "VirtualNetwork", "VirtualNetwork", ["8080", "5701"]),
    rule(OUTBOUND, 130, "allow-session-information-outbound", ANY, "*", "Internet", ["80"]),
  ];
}
