import { guidOf } from "../../record/ids";
import { stateOf } from "../../record/state";
import { armTypeOf } from "./identity";
import { isList, isObject, list, merge, object, type Properties, text, texts, type Value } from "./value";

/** The subscription that the stand-in plays. */
export interface Account {
  readonly subscription: string;
  readonly tenant: string;
  /** Users, groups and applications that the directory knows beside what Azure makes. */
  readonly principals: readonly string[];
}

/**
 * What Azure would answer to a request: the inputs, and what it computes from nothing but the inputs, the id and the generation,
 * so that runs are equal. A later generation of a resource has other identifiers, as a cluster that is made anew has another issuer.
 */
export function outputsOf(
  token: string,
  id: string,
  inputs: Properties,
  account: Account,
  generation: number,
): Properties {
  const name = id.slice(id.lastIndexOf("/") + 1);
  const { state } = stateOf(token, name, inputs, account.subscription);
  const always = { name, type: armTypeOf(id), provisioningState: "Succeeded" };
  const own = COMPUTED[armTypeOf(id)]?.(inputs, id, account) ?? {};
  const computed = merge(merge({ ...(state as Properties), ...always }, systemIdentity(inputs, id, account)), own);
  return merge(renewed(computed, new Set(texts(inputs)), generation), assignedIdentities(inputs));
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function renewed(computed: Properties, given: ReadonlySet<string>, generation: number): Properties {
  if (generation === 0) return computed;
  const renew = (value: Value): Value => {
    if (typeof value === "string") {
      const same = given.has(value) || value.startsWith("/subscriptions/");
      return same ? value : value.replaceAll(GUID, (guid) => guidOf(`${guid} ${generation}`));
    }
    if (isList(value)) return value.map(renew);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renew(item)])) : value;
  };
  return renew(computed) as Properties;
}

type Compute = (inputs: Properties, id: string, account: Account) => Properties;

/** What Azure adds beside `record/state.ts`: what it is asked for in lists, or what nobody reads but a person would see in the state. */
const COMPUTED: Readonly<Record<string, Compute>> = {
  "Microsoft.Network/virtualNetworks": (inputs, id) => ({ subnets: children(inputs["subnets"], `${id}/subnets`) }),
  "Microsoft.Network/networkInterfaces": (inputs, id) => ({
    ipConfigurations: children(inputs["ipConfigurations"], `${id}/ipConfigurations`),
    macAddress: "00-0D-3A-00-00-00",
  }),
  "Microsoft.Network/publicIPAddresses": (_inputs, id) => ({
    ipAddress: `198.51.100.${Number.parseInt(guidOf(id).slice(0, 2), 16)}`,
  }),
  "Microsoft.KeyVault/vaults": (inputs, id) => ({
    properties: { vaultUri: `https://${text(inputs["vaultName"])}.vault.azure.net/`, resourceId: id },
  }),
  "Microsoft.ContainerRegistry/registries": (inputs) => ({ loginServer: `${text(inputs["registryName"])}.azurecr.io` }),
  "Microsoft.OperationalInsights/workspaces": (_inputs, id) => ({ customerId: guidOf(`customer of ${id}`) }),
  "Microsoft.Insights/components": (_inputs, id) => ({
    appId: guidOf(`application of ${id}`),
    instrumentationKey: guidOf(`instrumentation of ${id}`),
    connectionString: `InstrumentationKey=${guidOf(`instrumentation of ${id}`)}`,
  }),
  "Microsoft.Insights/dataCollectionRules": (_inputs, id) => ({ immutableId: `dcr-${guidOf(id).replaceAll("-", "")}` }),
  "Microsoft.Insights/dataCollectionEndpoints": (inputs, id) => ({
    immutableId: `dce-${guidOf(id).replaceAll("-", "")}`,
    logsIngestion: {
      endpoint: `https://${guidOf(id).slice(0, 8)}.${text(inputs["location"])}-1.ingest.monitor.azure.com`,
    },
  }),
  "Microsoft.ContainerService/managedClusters": (inputs, id, { subscription }) => ({
    nodeResourceGroup: nodeResourceGroup(inputs),
    powerState: { code: "Running" },
    resourceUID: guidOf(`uid of ${id}`),
    eTag: guidOf(`version of ${id}`),
    agentPoolProfiles: list(inputs["agentPoolProfiles"]).map((pool) => ({
      provisioningState: "Succeeded",
      ...object(pool),
    })),
    identityProfile: kubeletIdentity(inputs, id, subscription),
  }),
  "Microsoft.ManagedIdentity/userAssignedIdentities": (_inputs, _id, { tenant }) => ({ tenantId: tenant }),
  "Microsoft.Storage/storageAccounts": (inputs) => ({
    primaryEndpoints: { blob: `https://${text(inputs["accountName"])}.blob.core.windows.net/` },
  }),
};

/** The group of a cluster's machines, which AKS makes. */
export function nodeResourceGroup(inputs: Properties): string {
  const given = text(inputs["nodeResourceGroup"]);
  return given === ""
    ? `MC_${text(inputs["resourceGroupName"])}_${text(inputs["resourceName"])}_${text(inputs["location"])}`
    : given;
}

function kubeletIdentity(inputs: Properties, id: string, subscription: string): Properties {
  const given = inputs["identityProfile"];
  if (given !== undefined) return object(given);
  const resourceId = `/subscriptions/${subscription}/resourceGroups/${nodeResourceGroup(inputs)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet`;
  return {
    kubeletidentity: {
      resourceId,
      clientId: guidOf(`kubelet client of ${id}`),
      objectId: guidOf(`kubelet principal of ${id}`),
    },
  };
}

function systemIdentity(inputs: Properties, id: string, { tenant }: Account): Properties {
  if (!text(object(inputs["identity"])["type"]).includes("SystemAssigned")) return {};
  return { identity: { principalId: guidOf(`principal of ${id}`), tenantId: tenant } };
}

/** Azure answers a list of identities with a map. */
function assignedIdentities(inputs: Properties): Properties {
  const assigned = object(inputs["identity"])["userAssignedIdentities"];
  if (!isList(assigned)) return {};
  const map = Object.fromEntries(assigned.map((one): [string, Value] => [text(one), identityEntry(text(one))]));
  return { identity: { userAssignedIdentities: map } };
}

function identityEntry(id: string): Properties {
  return { clientId: guidOf(`client of ${id}`), principalId: guidOf(`principal of ${id}`) };
}

function children(value: Value | undefined, parent: string): readonly Properties[] {
  return list(value).map((child) => ({
    id: `${parent}/${text(object(child)["name"])}`,
    provisioningState: "Succeeded",
    ...object(child),
  }));
}
