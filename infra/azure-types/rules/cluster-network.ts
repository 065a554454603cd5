import { addressNumber, isAddress, overlaps } from "../../../clusters/model/cidr";
import { at, isSet, lacks, lastOf, list, network, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const CLUSTER = ["containerservice:ManagedCluster"];
const AKS = "learn.microsoft.com/azure/aks";

/** Rules about the network of an AKS cluster, and about who gives it nodes. */
export const CLUSTER_NETWORK_RULES: readonly Rule[] = [
  {
    id: "cluster-ranges",
    source: `${AKS}/azure-cni-overlay and concepts-network-cni-overlay: IP address planning`,
    tokens: CLUSTER,
    check: ranges,
  },
  {
    id: "private-cluster",
    source: `${AKS}/private-clusters: limitations; private DNS zone`,
    tokens: CLUSTER,
    check: privateCluster,
  },
  {
    id: "node-provisioning",
    source: `${AKS}/node-auto-provisioning: limitations`,
    tokens: CLUSTER,
    check: provisioning,
  },
  { id: "cilium", source: `${AKS}/azure-cni-powered-by-cilium`, tokens: CLUSTER, check: cilium },
];

const RESERVED = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

function ranges(inputs: Inputs): readonly Fault[] {
  const named = (["podCidr", "serviceCidr"] as const).flatMap((name) => {
    const cidr = text(inputs, "networkProfile", name);
    return cidr === undefined ? [] : [{ path: `networkProfile.${name}`, cidr, range: network(cidr) }];
  });
  const malformed = named.flatMap(({ path, cidr, range }) =>
    faultIf(!range, path, `is ${cidr}, which is no network in CIDR notation`, "write one like 172.16.0.0/16"),
  );
  const taken = named.flatMap(({ path, cidr, range }) =>
    RESERVED.filter((other) => range && overlaps(range, network(other) ?? range)).map((other) => ({
      path,
      reason: `is ${cidr}, which overlaps ${other} that AKS keeps for itself`,
      fix: "choose another range",
    })),
  );
  const pods = named.find(({ path }) => path.endsWith("podCidr"))?.range;
  const services = named.find(({ path }) => path.endsWith("serviceCidr"))?.range;
  const shared = pods && services && overlaps(pods, services);
  const dns = text(inputs, "networkProfile", "dnsServiceIP");
  const address = isAddress(dns) ? addressNumber(dns) : undefined;
  return [
    ...malformed,
    ...taken,
    ...faultIf(!!shared, "networkProfile.podCidr", "overlaps serviceCidr", "choose ranges that are apart"),
    ...faultIf(
      (services?.prefix ?? 32) < 12,
      "networkProfile.serviceCidr",
      "is larger than a /12",
      "take a /12 or a smaller one",
    ),
    ...faultIf(
      !!services && address !== undefined && (address <= services.first || address >= services.last),
      "networkProfile.dnsServiceIP",
      `is ${dns}, not an address of serviceCidr after its first`,
      "take one within, such as the tenth",
    ),
  ];
}

function privateCluster(inputs: Inputs): readonly Fault[] {
  const profile = at(inputs, "apiServerAccessProfile");
  const closed = at(profile, "enablePrivateCluster") === true;
  const zone = text(profile, "privateDNSZone");
  const location = text(inputs, "location");
  const zoneName = zone?.startsWith("/") ? lastOf(zone) : undefined;
  const wanted = `privatelink.${location}.azmk8s.io`;
  return [
    ...faultIf(
      closed &&
        (list(profile, "authorizedIPRanges").length > 0 ||
          (at(profile, "authorizedIPRanges") === undefined && isSet(profile, "authorizedIPRanges"))),
      "apiServerAccessProfile.authorizedIPRanges",
      "is set on a private cluster, whose endpoint it does not filter",
      "leave it out",
    ),
    ...faultIf(
      zone !== undefined && zoneName === undefined && !["system", "none"].includes(zone),
      "apiServerAccessProfile.privateDNSZone",
      `is ${zone}`,
      "write system, none or the id of a zone",
    ),
    ...faultIf(
      location !== undefined && zoneName !== undefined && zoneName !== wanted && !zoneName.endsWith(`.${wanted}`),
      "apiServerAccessProfile.privateDNSZone",
      `is the zone ${zoneName}`,
      `use a zone named ${wanted}`,
    ),
    ...faultIf(
      isSet(inputs, "fqdnSubdomain") && zone !== undefined && zoneName === undefined,
      "fqdnSubdomain",
      "goes with the id of a private DNS zone only",
      "set dnsPrefix instead",
    ),
    ...faultIf(
      zoneName !== undefined && text(inputs, "identity", "type") === "SystemAssigned",
      "identity.type",
      "is SystemAssigned, which cannot have rights on the private DNS zone before the cluster exists",
      "use a user-assigned identity",
    ),
  ];
}

function provisioning(inputs: Inputs): readonly Fault[] {
  if (text(inputs, "nodeProvisioningProfile", "mode") !== "Auto") return [];
  const profile = at(inputs, "networkProfile");
  const scaling = list(inputs, "agentPoolProfiles").flatMap((pool, index) =>
    faultIf(
      at(pool, "enableAutoScaling") === true,
      `agentPoolProfiles[${index}].enableAutoScaling`,
      "is on while the cluster provisions nodes by itself",
      "give the pool a fixed count",
    ),
  );
  return [
    ...scaling,
    ...faultIf(
      text(profile, "networkPolicy") === "calico",
      "networkProfile.networkPolicy",
      "is calico, which node auto-provisioning does not support",
      "write cilium",
    ),
    ...faultIf(
      text(profile, "loadBalancerSku") === "basic",
      "networkProfile.loadBalancerSku",
      "is basic, which node auto-provisioning does not support",
      "write standard",
    ),
    ...faultIf(
      texts(profile, "ipFamilies").includes("IPv6"),
      "networkProfile.ipFamilies",
      "has IPv6, which node auto-provisioning does not support",
      "write IPv4 alone",
    ),
    ...faultIf(
      text(inputs, "publicNetworkAccess") === "Disabled",
      "publicNetworkAccess",
      "is Disabled, which AKS refused with node auto-provisioning until August 2026",
      "leave it out; a private cluster needs no more than enablePrivateCluster",
    ),
    ...faultIf(
      isSet(inputs, "servicePrincipalProfile"),
      "servicePrincipalProfile",
      "does not go with node auto-provisioning",
      "use a managed identity",
    ),
  ];
}

function cilium(inputs: Inputs): readonly Fault[] {
  const profile = at(inputs, "networkProfile");
  const dataplane = text(profile, "networkDataplane") === "cilium";
  const other = lacks(profile, "networkDataplane") || text(profile, "networkDataplane") === "azure";
  const policy = text(profile, "networkPolicy");
  const plugin = text(profile, "networkPlugin");
  return [
    ...faultIf(
      dataplane && policy !== undefined && policy !== "cilium",
      "networkProfile.networkPolicy",
      `is ${policy} on the cilium data plane`,
      "write cilium",
    ),
    ...faultIf(
      dataplane && plugin !== undefined && plugin !== "azure",
      "networkProfile.networkPlugin",
      `is ${plugin} on the cilium data plane`,
      "write azure",
    ),
    ...faultIf(
      at(profile, "advancedNetworking", "enabled") === true && other,
      "networkProfile.advancedNetworking.enabled",
      "asks for the cilium data plane",
      "set networkDataplane to cilium",
    ),
  ];
}
