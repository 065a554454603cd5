import { ofType, readAzure, rightsIn } from "./azure";
import { foldersAgree, hostnamesAgree, revisionsAgree, secretsAgree, variablesAgree } from "./checks";
import { accountsAreTrusted, trustedAccountsExist } from "./identities";
import { readManifests } from "./manifests";
import { rangesAreDisjoint } from "./ranges";
import type { Sides } from "./types";

export type { Manifest, RenderedCluster, RenderedComponent, Sides } from "./types";

/** The checks, by what they hold. */
export type CheckName =
  | "variables"
  | "trusted accounts"
  | "existing accounts"
  | "mesh revision"
  | "hostnames"
  | "folders"
  | "address ranges"
  | "secrets";

/** A place where the two programs do not fit each other. */
export interface Disagreement {
  readonly check: CheckName;
  /** @default all clusters */
  readonly cluster?: string;
  /** What does not fit, with the place on both sides. */
  readonly sentence: string;
}

/** Where what is delivered to the clusters and what is provisioned under them do not fit; empty if they do. */
export function disagreements({ fleet, resources, rendered }: Sides): readonly Disagreement[] {
  const rights = rightsIn(resources);
  const vaults = ofType(resources, "keyvault:Vault");
  const perCluster = rendered.flatMap((cluster): readonly Disagreement[] => {
    const manifests = readManifests(cluster);
    const azure = readAzure(resources, cluster.name);
    if (!azure) {
      return [
        {
          check: "folders",
          cluster: cluster.name,
          sentence: `dist/${cluster.name} is delivered to a cluster that is not provisioned`,
        },
      ];
    }
    const found = (check: CheckName, sentences: readonly string[]) =>
      sentences.map((sentence) => ({ check, cluster: cluster.name, sentence }));
    return [
      ...found("variables", variablesAgree(manifests, azure)),
      ...found("trusted accounts", accountsAreTrusted(manifests, azure)),
      ...found("existing accounts", trustedAccountsExist(manifests, azure)),
      ...found("mesh revision", revisionsAgree(manifests, azure)),
      ...found("hostnames", hostnamesAgree(manifests, resources)),
      ...found("folders", foldersAgree(manifests, azure)),
      ...found("secrets", secretsAgree(manifests, azure, vaults, fleet.keyVault.secrets, rights)),
    ];
  });
  return [
    ...perCluster,
    ...rangesAreDisjoint(resources).map((sentence): Disagreement => ({ check: "address ranges", sentence })),
  ];
}
