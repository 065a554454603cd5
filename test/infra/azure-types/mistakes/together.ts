import type { AzureResource } from "../../../../infra/azure-types";
import { GOOD } from "../good";
import { id } from "../good/resource";
import { changed, GONE } from "./mistake";

/** A mistake that shows only when resources are looked at together. */
export interface Discord {
  readonly name: string;
  readonly resources: readonly AzureResource[];
  readonly caught: string;
}

const NEXT_RANGE = changed(GOOD.otherVnet, "addressSpace.addressPrefixes[0]", "10.1.0.0/17");

function credential(name: string, subject: string): AzureResource {
  const named = changed(GOOD.federation, "federatedIdentityCredentialResourceName", name);
  return { ...changed(named, "subject", subject), name };
}

/** Mistakes between resources, each of which is good by itself. All of them compile. */
export const TOGETHER: readonly Discord[] = [
  {
    name: "a separate pool that scales beside node auto-provisioning",
    resources: [GOOD.cluster, changed(GOOD.spotPool, "resourceName", "aks-mgmt")],
    caught: "node-provisioning",
  },
  {
    name: "pods in the range of another cluster's network",
    resources: [changed(GOOD.cluster, "networkProfile.podCidr", "10.2.0.0/16"), GOOD.vnet, GOOD.otherVnet],
    caught: "ranges-apart",
  },
  {
    name: "peered networks that overlap",
    resources: [GOOD.vnet, changed(NEXT_RANGE, "subnets", GONE), GOOD.peering],
    caught: "peering-ranges",
  },
  {
    name: "an association of Container Insights with a name of its own",
    resources: [GOOD.logsRule, changed(GOOD.association, "associationName", "logs")],
    caught: "association-name",
  },
  {
    name: "a Bastion's security group that lacks a rule",
    resources: [GOOD.vnet, changed(GOOD.securityGroup, "securityRules[5].access", "Deny")],
    caught: "bastion-rules",
  },
  {
    name: "two credentials for one service account",
    resources: ["first", "second"].map((name) => credential(name, "system:serviceaccount:apps:app")),
    caught: "federation-limit",
  },
  {
    name: "twenty-one credentials of one identity",
    resources: Array.from({ length: 21 }, (_, index) =>
      credential(`app-${index}`, `system:serviceaccount:apps:a${index}`),
    ),
    caught: "federation-limit",
  },
  {
    name: "one role given twice",
    resources: ["vnet-mgmt", "VNET-MGMT"].map((vnet) => ({
      ...changed(GOOD.role, "scope", id("Microsoft.Network/virtualNetworks", vnet)),
      name: `role on ${vnet}`,
    })),
    caught: "role-assignment-twice",
  },
];
