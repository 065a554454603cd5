import { type Cloud, createCloud } from "../../../../infra/engine/provider/cloud";
import { check, create, diff, Refusal, type Setting, update } from "../../../../infra/engine/provider/provider";
import { type Properties, UNKNOWN } from "../../../../infra/engine/provider/value";

const GROUP = "azure-native:resources:ResourceGroup";
const NETWORK = "azure-native:network:VirtualNetwork";
const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";
const CLUSTER = "azure-native:containerservice:ManagedCluster";
const ROLE = "azure-native:authorization:RoleAssignment";
const SUBSCRIPTION = "00000000-1111-4222-8333-444444444444";

let cloud: Cloud;
let setting: Setting;

beforeEach(() => {
  cloud = createCloud();
  const types = { check: () => [], replacing: () => ["size"], refused: () => ["shape"] };
  setting = { cloud, types, account: { subscription: SUBSCRIPTION, tenant: "tenant", principals: ["known-group"] } };
});

const urn = (token: string, name = "one") => `urn:pulumi:dev::fleet::parent$${token}::${name}`;
const make = (token: string, inputs: Properties) => create(setting, urn(token), inputs, false);
const group = () => make(GROUP, { resourceGroupName: "rg", location: "koreacentral" });

describe("a creation", () => {
  it("answers with the id that Azure would give, and exists then", async () => {
    const { id } = await group();
    expect(id).toBe(`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`);
    expect(cloud.get(id.toUpperCase())?.outputs["name"]).toBe("rg");
  });

  it("is refused without the group that holds it", async () => {
    await expect(make(NETWORK, { resourceGroupName: "rg", virtualNetworkName: "v" })).rejects.toThrow(
      /ParentResourceNotFound/,
    );
  });

  it("is refused when it refers to what does not exist", async () => {
    const { id } = await group();
    const reference = `${id}/providers/Microsoft.Network/networkSecurityGroups/gone`;
    const inputs = {
      resourceGroupName: "rg",
      virtualNetworkName: "v",
      subnets: [{ name: "s", nsg: { id: reference } }],
    };
    await expect(make(NETWORK, inputs)).rejects.toThrow(/ResourceNotFound: .* refers to .*gone/);
  });

  it("may refer to a part of another resource, if it is there", async () => {
    const { id } = await group();
    await make(NETWORK, { resourceGroupName: "rg", virtualNetworkName: "v", subnets: [{ name: "s" }] });
    const subnet = (name: string) => `${id}/providers/Microsoft.Network/virtualNetworks/v/subnets/${name}`;
    const cluster = (name: string) => ({ resourceGroupName: "rg", resourceName: name, subnet: subnet(name) });
    await expect(make(CLUSTER, cluster("s"))).resolves.toBeDefined();
    await expect(make(CLUSTER, cluster("t"))).rejects.toThrow(/subnets\/t, which does not exist/);
  });

  it("is refused when it exists already", async () => {
    await group();
    await expect(group()).rejects.toThrow(/cannot create already existing resource/);
  });

  it("of a role is refused for a principal that nobody has", async () => {
    const { id } = await group();
    const { outputs } = await make(IDENTITY, { resourceGroupName: "rg", resourceName: "i", location: "x" });
    const assignment = (principalId: string, name: string) => ({ scope: id, roleAssignmentName: name, principalId });
    await expect(make(ROLE, assignment(String(outputs["principalId"]), "a"))).resolves.toBeDefined();
    await expect(make(ROLE, assignment("known-group", "b"))).resolves.toBeDefined();
    await expect(make(ROLE, assignment("nobody", "c"))).rejects.toThrow(/PrincipalNotFound/);
  });

  it("of a second federated credential at the same time is refused", async () => {
    await group();
    await make(IDENTITY, { resourceGroupName: "rg", resourceName: "i", location: "x" });
    const { outputs } = await make(CLUSTER, { resourceGroupName: "rg", resourceName: "c", location: "x" });
    const issuer = (outputs["oidcIssuerProfile"] as Properties)["issuerURL"] ?? "";
    const credential = (name: string) => ({
      resourceGroupName: "rg",
      resourceName: "i",
      federatedIdentityCredentialResourceName: name,
      issuer,
    });
    const both = await Promise.allSettled([make(CREDENTIAL, credential("a")), make(CREDENTIAL, credential("b"))]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(make(CREDENTIAL, { ...credential("c"), issuer: "https://elsewhere" })).rejects.toThrow(
      /IssuerNotFound/,
    );
  });

  it("fails when it is told to, and leaves nothing or the resource", async () => {
    cloud.arrange({ create: 2 });
    const { id } = await group();
    const network = { resourceGroupName: "rg", virtualNetworkName: "v" };
    await expect(make(NETWORK, network)).rejects.toThrow(/arranged failure of creation 2/);
    expect(cloud.resources()).toHaveLength(1);
    cloud.arrange({ create: 1, partial: true });
    const refusal = await make(NETWORK, network).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).kept?.id).toBe(`${id}/providers/Microsoft.Network/virtualNetworks/v`);
    expect(cloud.resources()).toHaveLength(2);
  });

  it("knows in a preview what was given, and nothing that Azure computes", async () => {
    const inputs = { resourceGroupName: "rg", resourceName: UNKNOWN, oidcIssuerProfile: { enabled: true } };
    const { id, outputs } = await create(setting, urn(CLUSTER), inputs, true);
    expect(id).toBe("");
    expect(outputs["oidcIssuerProfile"]).toEqual({ enabled: true, issuerURL: UNKNOWN });
    expect(outputs["fqdn"]).toBe(UNKNOWN);
    expect(cloud.resources()).toEqual([]);
  });
});

describe("a deletion", () => {
  it("takes all below with it, and what is made anew has other identifiers", async () => {
    const { id } = await group();
    const make1 = () => make(CLUSTER, { resourceGroupName: "rg", resourceName: "c", location: "x" });
    const first = await make1();
    cloud.remove(id);
    expect(cloud.resources()).toEqual([]);
    await group();
    const second = await make1();
    expect(second.id).toBe(first.id);
    expect(second.outputs["oidcIssuerProfile"]).not.toEqual(first.outputs["oidcIssuerProfile"]);
  });

  it("and all else is in a snapshot", async () => {
    await group();
    const snapshot = cloud.snapshot();
    cloud.remove(cloud.resources()[0]?.id ?? "");
    cloud.restore(snapshot);
    expect(cloud.resources()).toHaveLength(1);
    expect(cloud.generation(cloud.resources()[0]?.id ?? "")).toBe(0);
  });
});

describe("a change", () => {
  it("of what Azure does not let change is refused", async () => {
    await make(GROUP, { resourceGroupName: "rg", shape: "round" });
    const change = (inputs: Properties) =>
      update(setting, urn(GROUP), {}, { resourceGroupName: "rg", ...inputs }, false);
    await expect(change({ shape: "round", tags: { a: "b" } })).resolves.toBeDefined();
    await expect(change({ shape: "square" })).rejects.toThrow(/PropertyChangeNotAllowed: .* shape cannot be changed/);
  });

  it("of what does not exist is refused", async () => {
    await expect(update(setting, urn(GROUP), {}, { resourceGroupName: "gone" }, false)).rejects.toThrow(
      /ResourceNotFound/,
    );
  });

  it("replaces, the old one first unless its name is random", () => {
    const named = diff(setting, urn(GROUP), { size: 1 }, { size: 2 });
    expect(named).toMatchObject({ deleteFirst: true, properties: [{ path: "size", replaces: true }] });
    const random = { size: 1, __createBeforeDelete: true };
    expect(diff(setting, urn(GROUP), random, { ...random, size: 2 }).deleteFirst).toBe(false);
    expect(diff(setting, urn(GROUP), { tags: 1 }, { tags: 2 }).deleteFirst).toBe(false);
  });
});

describe("a check", () => {
  it("passes on what Azure's types refuse", () => {
    const types = { ...setting.types, check: (token: string, name: string) => [`${token} ${name} is wrong`] };
    const { problems } = check({ ...setting, types }, urn(GROUP, "mine"), "seed", {}, { resourceGroupName: "rg" });
    expect(problems).toEqual([`${GROUP} mine is wrong`]);
  });

  it("says what to do about a type it does not know", () => {
    const { problems } = check(setting, urn("azure-native:web:WebApp"), "seed", {}, {});
    expect(problems).toEqual([expect.stringMatching(/does not know azure-native:web:WebApp; add it to/)]);
  });

  it("makes up a name, and keeps it", () => {
    const { inputs } = check(setting, urn(ROLE), "seed", {}, { scope: "/subscriptions/s" });
    expect(inputs["roleAssignmentName"]).toMatch(/^[0-9a-f]{8}-/);
    const again = check(setting, urn(ROLE), "other seed", inputs, { scope: "/subscriptions/s" });
    expect(again.inputs).toEqual(inputs);
  });
});
