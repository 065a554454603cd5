import { clusterOf, fleet } from "../../../clusters/fleet";
import { demo } from "../../../clusters/presets/demo";
import { securityRule } from "../../../infra/network/network";
import { hubOf, peeringsOf, subnetsOf } from "../../../infra/network/plan";
import { privateZonesOf } from "../../../infra/network/private-dns";
import { bastionRules, nodeRules } from "../../../infra/network/rules";

test("every network is peered with every other, both ways", () => {
  expect(peeringsOf(fleet).map(({ name }) => name)).toEqual([
    "peer-mgmt-to-app1",
    "peer-mgmt-to-app2",
    "peer-app1-to-mgmt",
    "peer-app1-to-app2",
    "peer-app2-to-mgmt",
    "peer-app2-to-app1",
  ]);
  expect(peeringsOf({ ...fleet, clusters: fleet.clusters.slice(0, 1) })).toEqual([]);
});

test("the hub is where the Bastion is, and the first cluster where there is none", () => {
  expect(hubOf(fleet).name).toBe("mgmt");
  expect(hubOf(demo).name).toBe("mgmt");
  expect(() => hubOf({ ...fleet, clusters: [] })).toThrow("no cluster");
});

test("only the hub has a Bastion and a jump host, and only the jump host leaves by NAT", () => {
  expect(subnetsOf(fleet, clusterOf(fleet, "mgmt")).map(({ name, nat }) => [name, nat])).toEqual([
    ["snet-nodes", false],
    ["AzureBastionSubnet", false],
    ["snet-jump-host", true],
  ]);
  expect(subnetsOf(fleet, clusterOf(fleet, "app1")).map(({ name }) => name)).toEqual(["snet-nodes"]);
});

test("each security group's rules have names and priorities of their own, in Azure's range", () => {
  const groups = [fleet, demo].flatMap((each) => each.clusters.flatMap((cluster) => subnetsOf(each, cluster)));
  for (const { rules } of groups) {
    const priorities = rules.map(({ direction, priority }) => `${direction} ${priority}`);
    expect(new Set(priorities).size).toBe(rules.length);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    for (const { priority } of rules) expect(priority >= 100 && priority <= 4096).toBe(true);
  }
});

test("the internet reaches nodes only where the mesh has a gateway", () => {
  const web = (name: string) => nodeRules(fleet, clusterOf(fleet, name)).some(({ from }) => from.includes("Internet"));
  expect([web("mgmt"), web("app1"), web("app2")]).toEqual([true, true, false]);
});

test("other clusters reach nodes by HTTPS only", () => {
  const rules = nodeRules(fleet, clusterOf(fleet, "app1"));
  const peers = rules.filter(({ from }) => from.includes("10.1.0.0/16"));
  expect(peers.map(({ access, ports, from }) => [access, ports, from])).toEqual([
    ["Allow", ["443"], ["10.1.0.0/16", "10.3.0.0/16"]],
    ["Deny", ["*"], ["10.1.0.0/16", "10.3.0.0/16"]],
  ]);
});

test("the Bastion has the eight rules that Azure demands", () => {
  expect(
    bastionRules()
      .map(({ direction, ports, from, to }) => `${direction} ${ports} ${from}>${to}`)
      .sort(),
  ).toEqual([
    "Inbound 443 AzureLoadBalancer>*",
    "Inbound 443 GatewayManager>*",
    "Inbound 443 Internet>*",
    "Inbound 8080,5701 VirtualNetwork>VirtualNetwork",
    "Outbound 22,3389 *>VirtualNetwork",
    "Outbound 443 *>AzureCloud",
    "Outbound 80 *>Internet",
    "Outbound 8080,5701 VirtualNetwork>VirtualNetwork",
  ]);
});

test("a rule says one value in the singular and several in the plural, never both", () => {
  const [rule] = nodeRules(fleet, clusterOf(fleet, "app1"));
  expect(rule && securityRule(rule)).toMatchObject({
    sourceAddressPrefixes: ["10.2.0.0/20", "192.168.0.0/16"],
    destinationPortRange: "*",
  });
  expect(rule && securityRule(rule)).not.toHaveProperty("sourceAddressPrefix");
  expect(rule && securityRule({ ...rule, from: ["*"] })).not.toHaveProperty("sourceAddressPrefixes");
});

test("API servers and registries have a private zone only where they are private", () => {
  expect([...privateZonesOf(fleet)]).toEqual([
    ["api-server", "privatelink.koreacentral.azmk8s.io"],
    ["key-vault", "privatelink.vaultcore.azure.net"],
    ["blob", "privatelink.blob.core.windows.net"],
    ["registry", "privatelink.azurecr.io"],
  ]);
  expect([...privateZonesOf(demo).keys()]).toEqual(["key-vault", "blob"]);
});
