import { armBody, checkResource, checkResources, describeProblem } from "../../../infra/azure-types";
import { TOKENS } from "../../../infra/azure-types/tokens";
import { GOOD } from "./good";
import { id } from "./good/resource";

describe("bodies that Azure takes", () => {
  test.each(Object.entries(GOOD))("%s has no problem", (_, resource) => {
    expect(checkResource(resource).map(describeProblem)).toEqual([]);
  });

  test("have no problem together", () => {
    expect(checkResources(Object.values(GOOD)).map(describeProblem)).toEqual([]);
  });

  test("cover every resource type of the table", () => {
    const covered = new Set(Object.values(GOOD).map(({ type }) => type.replace("azure-native:", "")));
    const missing = Object.keys(TOKENS).filter((token) => !covered.has(token));
    expect(missing).toEqual([]);
  });
});

describe("the body sent to Azure", () => {
  test("has the cluster's properties where Azure has them, and nothing of its address", () => {
    const body = armBody(GOOD.cluster);
    expect(Object.keys(body).sort()).toEqual(["identity", "location", "properties", "sku", "tags"]);
    expect(body).toMatchObject({
      identity: {
        userAssignedIdentities: { [id("Microsoft.ManagedIdentity/userAssignedIdentities", "id-mgmt", "rg-mgmt")]: {} },
      },
      properties: {
        networkProfile: { networkDataplane: "cilium" },
        autoScalerProfile: { "balance-similar-node-groups": "true", "scale-down-unneeded-time": "10m" },
      },
    });
  });

  test("opens `properties` inside lists too", () => {
    expect(armBody(GOOD.vnet)).toMatchObject({
      properties: { subnets: [{ name: "snet-nodes", properties: { addressPrefix: "10.1.0.0/20" } }, {}, {}] },
    });
  });

  test("has Azure's own names where the SDK's differ", () => {
    expect(armBody(GOOD.insights)).toMatchObject({
      properties: { Application_Type: "web", IngestionMode: "LogAnalytics" },
    });
    expect(armBody(GOOD.signIn)).toMatchObject({ properties: { type: "AADSSHLoginForLinux" } });
    expect(armBody(GOOD.storage)).toMatchObject({
      properties: {
        supportsHttpsTrafficOnly: true,
        networkAcls: { virtualNetworkRules: [{ id: expect.any(String) }] },
      },
    });
  });
});
