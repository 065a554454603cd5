import { contains, overlapsAmong } from "../../../clusters/model/cidr";
import { at, isSet, list, network, notOne, number, repeated, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const NSG = "learn.microsoft.com/azure/virtual-network/network-security-groups-overview";

/** Rules about networks and what filters them. */
export const NETWORK_RULES: readonly Rule[] = [
  {
    id: "nsg-priority",
    source: `${NSG}: Security rules, Priority`,
    tokens: ["network:NetworkSecurityGroup"],
    check: priorities,
  },
  {
    id: "nsg-rule-ends",
    source: `${NSG}: one address and port, or several, of each end`,
    tokens: ["network:NetworkSecurityGroup"],
    check: ends,
  },
  {
    id: "address-range",
    source:
      "learn.microsoft.com/azure/virtual-network/virtual-networks-faq: address ranges; subnets lie within and apart",
    tokens: ["network:VirtualNetwork"],
    check: ranges,
  },
  {
    id: "bastion-subnet",
    source: "learn.microsoft.com/azure/bastion/configuration-settings#subnet",
    tokens: ["network:VirtualNetwork", "network:BastionHost"],
    check: bastion,
  },
  {
    id: "public-ip",
    source: "learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku: Standard is static only",
    tokens: ["network:PublicIPAddress"],
    check: (inputs) =>
      faultIf(
        text(inputs, "sku", "name") === "Standard" &&
          text(inputs, "publicIPAllocationMethod") !== "Static" &&
          !unsure(inputs),
        "publicIPAllocationMethod",
        "is not Static, which the Standard SKU asks for",
        "write Static",
      ),
  },
  {
    id: "private-link-group",
    source: "learn.microsoft.com/azure/private-link/private-endpoint-overview#private-link-resource",
    tokens: ["network:PrivateEndpoint"],
    check: groups,
  },
];

function unsure(inputs: Inputs): boolean {
  return isSet(inputs, "publicIPAllocationMethod") && at(inputs, "publicIPAllocationMethod") === undefined;
}

function priorities(inputs: Inputs): readonly Fault[] {
  const rules = list(inputs, "securityRules").map((rule) => ({
    priority: number(rule, "priority"),
    direction: text(rule, "direction"),
  }));
  const keys = rules.map(({ priority, direction }) => `${direction} ${priority}`);
  const twice = repeated(keys.filter((key) => !key.includes("undefined")));
  return rules.flatMap(({ priority, direction }, index) => {
    if (priority === undefined) return [];
    const path = `securityRules[${index}].priority`;
    const range = faultIf(priority < 100 || priority > 4096, path, `is ${priority}`, "choose 100 to 4096");
    const shared = twice.includes(`${direction} ${priority}`);
    return [...range, ...faultIf(shared, path, `${priority} is there twice for ${direction}`, "choose another one")];
  });
}

const ENDS = [
  ["sourceAddressPrefix", "sourceAddressPrefixes", "sourceApplicationSecurityGroups"],
  ["destinationAddressPrefix", "destinationAddressPrefixes", "destinationApplicationSecurityGroups"],
  ["sourcePortRange", "sourcePortRanges"],
  ["destinationPortRange", "destinationPortRanges"],
] as const;

function ends(inputs: Inputs): readonly Fault[] {
  return list(inputs, "securityRules").flatMap((rule, index) =>
    ENDS.flatMap(([first, ...others]) => {
      const names = [first, ...others];
      const path = `securityRules[${index}].${first}`;
      const count = notOne(rule, names);
      const reason = count === "none" ? "is missing" : "is not the only one of its kind";
      return faultIf(count !== undefined, path, reason, `set one of ${names.join(", ")}`);
    }),
  );
}

interface Subnet {
  readonly path: string;
  readonly name: string;
  readonly prefix: string;
}

function subnetsOf(inputs: Inputs): readonly Subnet[] {
  return list(inputs, "subnets").flatMap((subnet, index) => {
    const name = text(subnet, "name") ?? "";
    const single = text(subnet, "addressPrefix");
    const one = single === undefined ? [] : [{ path: `subnets[${index}].addressPrefix`, name, prefix: single }];
    const several = texts(subnet, "addressPrefixes").map((prefix, position) => ({
      path: `subnets[${index}].addressPrefixes[${position}]`,
      name,
      prefix,
    }));
    return [...one, ...several];
  });
}

function ranges(inputs: Inputs): readonly Fault[] {
  const spaces = texts(inputs, "addressSpace", "addressPrefixes").map((prefix, index) => ({
    path: `addressSpace.addressPrefixes[${index}]`,
    prefix,
  }));
  const subnets = subnetsOf(inputs);
  const malformed = [...spaces, ...subnets].flatMap(({ path, prefix }) =>
    faultIf(!network(prefix), path, `is ${prefix}, which is no network in CIDR notation`, "write one like 10.1.0.0/16"),
  );
  if (malformed.length > 0) return malformed;
  const outer = spaces.map(({ prefix }) => network(prefix)).filter((range) => range !== undefined);
  const inner = subnets.flatMap((subnet) => {
    const range = network(subnet.prefix);
    return range ? [{ ...subnet, range }] : [];
  });
  const outside = inner.flatMap(({ path, prefix, range }) =>
    faultIf(
      outer.length > 0 && !outer.some((space) => contains(space, range)),
      path,
      `is ${prefix}, outside the network's ${spaces.map((space) => space.prefix).join(", ")}`,
      "choose a range within",
    ),
  );
  const shared = overlapsAmong(inner).map(([a, b]) => ({
    path: b.path,
    reason: `is ${b.prefix}, which overlaps ${a.prefix} of ${a.name}`,
    fix: "choose ranges that are apart",
  }));
  const twice = repeated(list(inputs, "subnets").flatMap((subnet) => text(subnet, "name") ?? []));
  return [
    ...outside,
    ...shared,
    ...twice.map((name) => ({ path: "subnets", reason: `has ${name} twice`, fix: "rename one" })),
  ];
}

const BASTION = "AzureBastionSubnet";

function bastion(inputs: Inputs): readonly Fault[] {
  const small = subnetsOf(inputs)
    .filter(({ name }) => name.toLowerCase() === BASTION.toLowerCase())
    .flatMap(({ path, name, prefix }) => [
      ...faultIf(name !== BASTION, path.replace(/\.[^.]+$/, ".name"), `is ${name}`, `write exactly ${BASTION}`),
      ...faultIf(
        (network(prefix)?.prefix ?? 0) > 26,
        path,
        `is ${prefix}, too small for a Bastion`,
        "take a /26 or a larger one",
      ),
    ]);
  const elsewhere = list(inputs, "ipConfigurations").flatMap((configuration, index) => {
    const id = text(configuration, "subnet", "id");
    const path = `ipConfigurations[${index}].subnet.id`;
    return faultIf(id?.endsWith(`/subnets/${BASTION}`) === false, path, `is ${id}`, `use the subnet named ${BASTION}`);
  });
  return [...small, ...elsewhere];
}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "microsoft.keyvault/vaults": ["vault"],
  "microsoft.containerregistry/registries": ["registry"],
  "microsoft.storage/storageaccounts": ["blob", "file", "queue", "table", "web", "dfs"],
  "microsoft.monitor/accounts": ["prometheusMetrics"],
  "microsoft.dataprotection/backupvaults": ["AzureBackup"],
};

function groups(inputs: Inputs): readonly Fault[] {
  return list(inputs, "privateLinkServiceConnections").flatMap((connection, index) => {
    const target = /\/providers\/([^/]+\/[^/]+)\/[^/]+$/.exec(text(connection, "privateLinkServiceId") ?? "")?.[1];
    const known = GROUPS[target?.toLowerCase() ?? ""];
    const path = `privateLinkServiceConnections[${index}].groupIds`;
    const given = texts(connection, "groupIds");
    return faultIf(
      known !== undefined && given.some((group) => !known.includes(group)),
      path,
      `is ${given.join(", ")}; ${target} has no such part`,
      `write ${known?.join(" or ")}`,
    );
  });
}
