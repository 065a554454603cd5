import type { RecordedResource } from "../record/types";
import { ROLES } from "../roles-table";
import { type ClusterInAzure, ofType, type Right } from "./azure";
import type { ClusterManifests } from "./manifests";
import { listed } from "./values";

/** (1) Every variable has a value, and every value is used: Flux puts nothing in place of an unknown one. */
export function variablesAgree(
  { variables, name }: ClusterManifests,
  { substitution, fluxConfiguration, resource }: ClusterInAzure,
): readonly string[] {
  const given = Object.keys(substitution).filter((key) => substitution[key] !== undefined);
  const used = new Set(variables.map(({ value }) => value));
  const open = variables.filter(({ value }) => !given.includes(value));
  return [
    ...firstOfEach(open).map(
      ({ value, place }) =>
        `${place} refers to \${${value}}, but the fluxConfiguration ${fluxConfiguration} of ${resource} gives no value for it; it gives ${listed(given)}`,
    ),
    ...given
      .filter((key) => !used.has(key))
      .map(
        (key) =>
          `the fluxConfiguration ${fluxConfiguration} of ${resource} gives a value for ${key}, but nothing in dist/${name} refers to it`,
      ),
  ];
}

/** (4) The mesh revision in the manifests is one that AKS runs. */
export function revisionsAgree(
  { revisions }: ClusterManifests,
  { revisions: provisioned, resource }: ClusterInAzure,
): readonly string[] {
  return firstOfEach(revisions.filter(({ value }) => !provisioned.includes(value))).map(
    ({ value, place }) => `${place} is for the mesh revision ${value}, but ${resource} runs ${listed(provisioned)}`,
  );
}

/** (5) Every hostname lies in a DNS zone that exists. */
export function hostnamesAgree(
  { hostnames }: ClusterManifests,
  resources: readonly RecordedResource[],
): readonly string[] {
  const zones = ofType(resources, "dns:Zone").map(({ inputs }) => String(inputs["zoneName"]));
  return firstOfEach(
    hostnames.filter(({ value }) => !zones.some((zone) => value === zone || value.endsWith(`.${zone}`))),
  ).map(
    ({ value, place }) =>
      `${place} answers to ${value}, which lies in no DNS zone that is provisioned: ${listed(zones)}`,
  );
}

/** (6) Flux starts at a folder that exists, and all it is sent to from there exists and comes from the source that Azure sets up. */
export function foldersAgree({ folders, applied, name }: ClusterManifests, azure: ClusterInAzure): readonly string[] {
  const { fluxPaths: roots, fluxConfiguration, fluxNamespace, resource } = azure;
  const has = (path: string) => folders.includes(path.replace(/\/$/, ""));
  const configuration = `the fluxConfiguration ${fluxConfiguration} of ${resource}`;
  return [
    ...(roots.length === 1 ? [] : [`${configuration} has ${roots.length} roots; dist/${name} is made for one`]),
    ...roots
      .filter((path) => !has(path))
      .map((path) => `${configuration} starts at ${path}, but dist/${name} has ${listed(folders)}`),
    ...applied.flatMap(({ value: { path, source, namespace }, place }) => [
      ...(has(path) ? [] : [`${place} applies ${path}, but dist/${name} has ${listed(folders)}`]),
      ...(source === fluxConfiguration
        ? []
        : [`${place} takes from the source ${source}, but ${configuration} makes one of its own name`]),
      // Flux of AKS refuses to look into another namespace.
      ...(namespace === fluxNamespace
        ? []
        : [`${place} is in ${namespace}, but ${configuration} works in ${fluxNamespace}`]),
    ]),
  ];
}

/** (8) Every secret that manifests read is declared, lies in a vault that is provisioned, and may be read by who reads it. */
export function secretsAgree(
  { secrets }: ClusterManifests,
  azure: ClusterInAzure,
  vaults: readonly RecordedResource[],
  declared: readonly string[],
  rights: readonly Right[],
): readonly string[] {
  const names = vaults.map(({ inputs }) => String(inputs["vaultName"]));
  return secrets.flatMap(({ value: { secret, vault, clientId }, place }) => {
    if (!declared.includes(secret)) {
      return [
        `${place} reads the secret ${secret}, which clusters/fleet.ts does not declare under keyVault.secrets; it declares ${listed(declared)}`,
      ];
    }
    if (vault === undefined) return [];
    const found = vaults.find(({ inputs }) => inputs["vaultName"] === vault);
    if (!found)
      return [`${place} reads from the vault ${vault}, but the vault that is provisioned is ${listed(names)}`];
    return mayRead(clientId, azure, `${found.id}/secrets/${secret}`, found.id ?? "", rights)
      ? []
      : [
          `${place} reads the secret ${secret} as ${clientId}, but no role assignment on ${vault} lets that identity of ${azure.resource} read it`,
        ];
  });
}

const READERS: readonly string[] = [ROLES["Key Vault Secrets User"], ROLES["Key Vault Secrets Officer"]];

function mayRead(
  clientId: string | undefined,
  azure: ClusterInAzure,
  secret: string,
  vault: string,
  rights: readonly Right[],
): boolean {
  const variable = /^\$\{(\w+)\}$/.exec(clientId ?? "")?.[1];
  const value = variable ? azure.substitution[variable] : clientId;
  const principals = azure.federations.filter((each) => each.clientId === value).map((each) => each.principalId);
  return rights.some(
    ({ role, principalId, scope }) =>
      READERS.includes(role) && principals.includes(principalId) && [secret, vault].includes(scope),
  );
}

function firstOfEach<T>(
  items: readonly { readonly value: T; readonly place: string }[],
): readonly { readonly value: T; readonly place: string }[] {
  return [...new Map(items.toReversed().map((item) => [item.value, item])).values()].toReversed();
}
