import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { Extension } from "@pulumi/azure-native/kubernetesconfiguration";
import * as pulumi from "@pulumi/pulumi";
import { azureName, type Cluster } from "../clusters/fleet";

/** How `Microsoft.KubernetesConfiguration` names an AKS cluster. */
export const AKS = { clusterRp: "Microsoft.ContainerService", clusterResourceName: "managedClusters" } as const;

/** What an extension is and how it is set. */
export interface ExtensionPlan {
  readonly name: string;
  readonly type: string;
  /** Namespace that it is installed in. */
  readonly namespace: string;
  /** Its settings, all strings. */
  readonly settings: Readonly<Record<string, pulumi.Input<string>>>;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** An extension, and who it acts as in Azure. */
export interface ClusterExtension {
  readonly resource: Extension;
  readonly principalId: pulumi.Output<string>;
}

/** Installs an extension in a cluster. */
export function clusterExtension(
  cluster: Cluster,
  managed: ManagedCluster,
  group: pulumi.Input<string>,
  { name, type, namespace, settings, dependsOn }: ExtensionPlan,
): ClusterExtension {
  const resource = new Extension(
    `${azureName.cluster(cluster.name)}-${name}`,
    {
      ...AKS,
      extensionName: name,
      extensionType: type,
      clusterName: managed.name,
      resourceGroupName: group,
      autoUpgradeMinorVersion: true,
      releaseTrain: "Stable",
      scope: { cluster: { releaseNamespace: namespace } },
      configurationSettings: { ...settings },
    },
    { parent: managed, dependsOn: [...dependsOn] },
  );
  const principalId = pulumi.all([resource.aksAssignedIdentity, resource.name]).apply(([identity, found]) => {
    if (identity?.principalId) return identity.principalId;
    throw new Error(`Azure names no identity of the extension ${found} on ${cluster.name}; run the update again`);
  });
  return { resource, principalId };
}
