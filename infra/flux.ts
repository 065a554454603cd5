import type { ManagedCluster } from "@pulumi/azure-native/containerservice";
import { FluxConfiguration, ScopeType, SourceKindType } from "@pulumi/azure-native/kubernetesconfiguration";
import type * as pulumi from "@pulumi/pulumi";
import {
  azureName,
  type Cluster,
  FLUX_NAMESPACE,
  FLUX_ROOT,
  FLUX_SOURCE,
  type Fleet,
  fluxRootPath,
  type VariableName,
} from "../clusters/fleet";
import type { Settings } from "./config";
import type { Context } from "./context";
import { AKS, clusterExtension } from "./extension";

/** Flux on one cluster. */
export interface Flux {
  readonly configuration: FluxConfiguration;
  /** Public half of the key pair that Flux made for itself, if it was given none. */
  readonly publicKey?: pulumi.Output<string>;
}

/** The repository, in the words of a `fluxConfiguration`. */
export function gitRepository({ git }: Fleet, settings: Pick<Settings, "gitKnownHosts">) {
  return {
    url: git.url,
    repositoryRef: { branch: git.branch },
    syncIntervalInSeconds: git.intervalSeconds ?? 60,
    timeoutInSeconds: 180,
    ...(settings.gitKnownHosts ? { sshKnownHosts: base64(settings.gitKnownHosts) } : {}),
  };
}

/**
 * Installs Flux and points it at the cluster's root folder; everything else is Git's. It starts when workloads' identities are ready, so
 * that no controller runs before it may act in Azure.
 */
export function flux(
  { fleet, settings }: Context,
  cluster: Cluster,
  managed: ManagedCluster,
  group: pulumi.Input<string>,
  variables: Readonly<Record<VariableName, pulumi.Input<string>>>,
  ready: readonly pulumi.Resource[],
): Flux {
  const extension = clusterExtension(cluster, managed, group, {
    name: "flux",
    type: "microsoft.flux",
    namespace: FLUX_NAMESPACE,
    settings: {},
    dependsOn: [],
  });
  const key = settings.gitSshPrivateKey;
  const configuration = new FluxConfiguration(
    `${azureName.cluster(cluster.name)}-${FLUX_SOURCE}`,
    {
      ...AKS,
      fluxConfigurationName: FLUX_SOURCE,
      clusterName: managed.name,
      resourceGroupName: group,
      scope: ScopeType.Cluster,
      // Azure's own default is the namespace `default`.
      namespace: FLUX_NAMESPACE,
      sourceKind: SourceKindType.GitRepository,
      gitRepository: gitRepository(fleet, settings),
      ...(key ? { configurationProtectedSettings: { sshPrivateKey: key.apply(base64) } } : {}),
      kustomizations: {
        [FLUX_ROOT]: {
          path: fluxRootPath(cluster.name),
          prune: true,
          // It applies Flux objects only; each of those waits for its own.
          wait: false,
          force: false,
          syncIntervalInSeconds: 600,
          retryIntervalInSeconds: 60,
          timeoutInSeconds: 600,
          postBuild: { substitute: { ...variables } },
        },
      },
      suspend: false,
      // A new deploy key is added by hand after the first run, and the run must not wait for that.
      waitForReconciliation: false,
    },
    { parent: managed, dependsOn: [extension.resource, ...ready] },
  );
  const ownKey = fleet.git.url.startsWith("ssh://") && !key;
  return { configuration, ...(ownKey ? { publicKey: configuration.repositoryPublicKey } : {}) };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
