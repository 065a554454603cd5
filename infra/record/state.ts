import { armId, guidOf } from "./ids";

type Inputs = Readonly<Record<string, unknown>>;

/** What Azure would add to the inputs of a resource, by type: only what the program reads. */
const COMPUTED: Readonly<Record<string, (inputs: Inputs, id: string) => Record<string, unknown>>> = {
  "containerservice:ManagedCluster": (inputs, id) => ({
    oidcIssuerProfile: {
      enabled: true,
      issuerURL: `https://${inputs["location"]}.oic.prod-aks.azure.com/${guidOf(id)}/`,
    },
    fqdn: `${inputs["dnsPrefix"] ?? inputs["resourceName"]}.hcp.${inputs["location"]}.azmk8s.io`,
    privateFQDN: `${inputs["fqdnSubdomain"] ?? inputs["resourceName"]}.privatelink.${inputs["location"]}.azmk8s.io`,
    currentKubernetesVersion: `${inputs["kubernetesVersion"]}.9`,
  }),
  "managedidentity:UserAssignedIdentity": (_inputs, id) => ({
    clientId: guidOf(`client of ${id}`),
    principalId: guidOf(`principal of ${id}`),
  }),
  "kubernetesconfiguration:Extension": (_inputs, id) => ({
    aksAssignedIdentity: {
      type: "SystemAssigned",
      principalId: guidOf(`principal of ${id}`),
      tenantId: guidOf("tenant"),
    },
  }),
  "kubernetesconfiguration:FluxConfiguration": (_inputs, id) => ({ repositoryPublicKey: `ssh-rsa ${guidOf(id)}` }),
  "dataprotection:BackupVault": (_inputs, id) => ({ identity: systemIdentity(id) }),
  "logic:Workflow": (_inputs, id) => ({ identity: systemIdentity(id) }),
  "compute:VirtualMachine": (_inputs, id) => ({ identity: systemIdentity(id) }),
  "dns:Zone": () => ({ nameServers: ["ns1-01.azure-dns.com.", "ns2-01.azure-dns.net."] }),
  "monitor:AzureMonitorWorkspace": (inputs, id) => ({
    metrics: {
      prometheusQueryEndpoint: `https://${inputs["azureMonitorWorkspaceName"]}-${guidOf(id).slice(0, 4)}.${inputs["location"]}.prometheus.monitor.azure.com`,
      internalId: guidOf(id),
    },
  }),
};

/** The id and the state that Azure would answer with. */
export function stateOf(
  token: string,
  name: string,
  inputs: Inputs,
  subscription: string,
): { id: string; state: Record<string, unknown> } {
  const id = armId(token, inputs, subscription, name);
  const computed = COMPUTED[token.replace(/^azure-native:/, "")]?.(inputs, id) ?? {};
  return { id, state: { ...inputs, name: id.split("/").at(-1), ...computed } };
}

function systemIdentity(id: string): Record<string, unknown> {
  return { type: "SystemAssigned", principalId: guidOf(`principal of ${id}`), tenantId: guidOf("tenant") };
}
