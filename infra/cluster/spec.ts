import {
  Expander,
  IpFamily,
  IstioIngressGatewayMode,
  KubernetesSupportPlan,
  LoadBalancerSku,
  ManagedClusterSKUName,
  ManagedClusterSKUTier,
  NetworkDataplane,
  NetworkPlugin,
  NetworkPluginMode,
  NetworkPolicy,
  NodeOSUpgradeChannel,
  NodeProvisioningDefaultNodePools,
  NodeProvisioningMode,
  OutboundType,
  ServiceMeshMode,
  UpgradeChannel,
} from "@pulumi/azure-native/containerservice";
import { azureName, type Cluster, type Fleet } from "../../clusters/fleet";
import { tagsOf } from "../context";
import { systemPool } from "./pools";

/** All of a cluster's properties that follow from the fleet alone. Those that take other resources' ids are in `cluster.ts`. */
export function clusterSpec(fleet: Fleet, cluster: Cluster) {
  return {
    resourceName: azureName.cluster(cluster.name),
    location: fleet.region,
    nodeResourceGroup: azureName.nodesGroup(fleet, cluster.name),
    sku: { name: ManagedClusterSKUName.Base, tier: ManagedClusterSKUTier[fleet.tier] },
    supportPlan: KubernetesSupportPlan.KubernetesOfficial,
    kubernetesVersion: fleet.kubernetes,
    // A name in a private zone of one's own and a public prefix exclude each other.
    ...(fleet.api.access === "private"
      ? { fqdnSubdomain: azureName.apiServer(fleet, cluster.name) }
      : { dnsPrefix: azureName.apiServer(fleet, cluster.name) }),
    enableRBAC: true,
    disableLocalAccounts: true,
    agentPoolProfiles: [systemPool(cluster)],
    networkProfile: networkProfile(cluster),
    nodeProvisioningProfile: nodeProvisioning(cluster),
    ...(cluster.capacity.nodes === "autoscaler" ? { autoScalerProfile: autoscaling(cluster.capacity) } : {}),
    ...(cluster.mesh ? { serviceMeshProfile: serviceMesh(fleet, cluster.mesh) } : {}),
    oidcIssuerProfile: { enabled: true },
    workloadAutoScalerProfile: { keda: { enabled: true } },
    azureMonitorProfile: {
      metrics: { enabled: true, kubeStateMetrics: { metricLabelsAllowlist: "", metricAnnotationsAllowList: "" } },
    },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      // Backup takes volume snapshots.
      snapshotController: { enabled: true },
    },
    // Cost analysis takes the Standard tier. Source: learn.microsoft.com/azure/aks/cost-analysis.
    metricsProfile: { costAnalysis: { enabled: fleet.tier !== "Free" } },
    autoUpgradeProfile: { upgradeChannel: UpgradeChannel.Patch, nodeOSUpgradeChannel: NodeOSUpgradeChannel.NodeImage },
    tags: tagsOf(fleet, cluster),
  };
}

/** Azure CNI overlay on Cilium. All ranges are given: Azure's defaults lie in 10.0.0.0/8, where networks usually are. */
function networkProfile({ network }: Cluster) {
  return {
    networkPlugin: NetworkPlugin.Azure,
    networkPluginMode: NetworkPluginMode.Overlay,
    networkDataplane: NetworkDataplane.Cilium,
    networkPolicy: NetworkPolicy.Cilium,
    ipFamilies: [IpFamily.IPv4],
    podCidr: network.pods,
    serviceCidr: network.services,
    dnsServiceIP: network.dnsServiceIp,
    loadBalancerSku: LoadBalancerSku.Standard,
    outboundType: OutboundType.LoadBalancer,
    loadBalancerProfile: { managedOutboundIPs: { count: 1 } },
  };
}

/** Karpenter without AKS's own pools, which Git could not own; turning them off later would drain their nodes. */
function nodeProvisioning({ capacity }: Cluster) {
  return capacity.nodes === "karpenter"
    ? { mode: NodeProvisioningMode.Auto, defaultNodePools: NodeProvisioningDefaultNodePools.None }
    : { mode: NodeProvisioningMode.Manual };
}

/**
 * With a fallback, Spot comes first by priority, which the ConfigMap `cluster-autoscaler-priority-expander` in `kube-system` orders.
 * Source: learn.microsoft.com/azure/aks/cluster-autoscaler, expanders.
 */
function autoscaling({ onDemandFallback }: Extract<Cluster["capacity"], { nodes: "autoscaler" }>) {
  return {
    expander: onDemandFallback ? Expander.Priority : Expander.Least_waste,
    scaleDownUnneededTime: "5m",
    scaleDownDelayAfterAdd: "5m",
    skipNodesWithSystemPods: "false",
    skipNodesWithLocalStorage: "false",
  };
}

function serviceMesh(fleet: Fleet, mesh: NonNullable<Cluster["mesh"]>) {
  return {
    mode: ServiceMeshMode.Istio,
    istio: {
      revisions: [fleet.meshRevision],
      components: {
        ingressGateways: mesh.ingress ? [{ enabled: true, mode: IstioIngressGatewayMode.External }] : [],
      },
    },
  };
}
