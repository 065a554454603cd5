import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster, type Fleet, GATEWAY_NAMESPACE, keyVaultUrl, registryHost } from "../clusters/fleet";
import type { Flux } from "./flux";

/** What outputs are made of. */
export interface OutputSources {
  readonly nameServers: pulumi.Output<readonly string[]>;
  readonly prometheusQueryEndpoint: pulumi.Output<string>;
  readonly clusters: Readonly<Record<string, ManagedCluster>>;
  readonly flux: Readonly<Record<string, Flux>>;
}

/** What a person needs next. */
export function outputs(
  fleet: Fleet,
  { nameServers, prometheusQueryEndpoint, clusters, flux }: OutputSources,
): Record<string, unknown> {
  const each = <T>(describe: (cluster: Cluster) => T): Record<string, T> =>
    Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, describe(cluster)]));
  const publicKeys = Object.entries(flux).flatMap(([name, { publicKey }]) =>
    publicKey ? [[name, publicKey] as const] : [],
  );
  return {
    /** To be entered where the domain is registered. */
    nameServers,
    /** Host names of the API servers. */
    apiServers: each(({ name }) => apiServer(fleet, clusters[name])),
    /** How to reach each API server. */
    accessCommands: each((cluster) => accessCommands(fleet, cluster)),
    /** How to find the address that a cluster's hostnames must point to. */
    ingressAddressCommands: Object.fromEntries(
      fleet.clusters.filter(({ mesh }) => mesh?.ingress).map((cluster) => [cluster.name, ingressAddressCommand()]),
    ),
    /** To be added to the repository as read-only deploy keys; empty where Flux was given a key or needs none. */
    fluxPublicKeys: Object.fromEntries(publicKeys),
    keyVaultUrl: keyVaultUrl(fleet),
    registryHost: registryHost(fleet),
    prometheusQueryEndpoint,
  };
}

function apiServer(fleet: Fleet, cluster: ManagedCluster | undefined): pulumi.Output<string | undefined> {
  const none = pulumi.output<string | undefined>(undefined);
  return (fleet.api.access === "private" ? cluster?.privateFQDN : cluster?.fqdn) ?? none;
}

/** Commands that end in a working `kubectl`. */
export function accessCommands(fleet: Fleet, cluster: Cluster): readonly string[] {
  const kubeconfig = [
    `az aks get-credentials --resource-group ${azureName.clusterGroup(fleet, cluster.name)} --name ${azureName.cluster(cluster.name)}`,
    "kubelogin convert-kubeconfig --login azurecli",
  ];
  if (fleet.api.access === "public") return kubeconfig;
  const group = azureName.commonGroup(fleet);
  return [
    `az network bastion ssh --resource-group ${group} --name ${azureName.bastion(fleet)} --auth-type AAD --target-resource-id "$(az vm show --resource-group ${group} --name ${azureName.jumpHost(fleet)} --query id --output tsv)"`,
    "az login --use-device-code",
    ...kubeconfig,
  ];
}

function ingressAddressCommand(): string {
  return `kubectl --namespace ${GATEWAY_NAMESPACE} get service aks-istio-ingressgateway-external --output jsonpath='{.status.loadBalancer.ingress[0].ip}'`;
}
