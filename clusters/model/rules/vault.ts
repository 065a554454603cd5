import { lacks, wellFormed } from "../draft";
import { certificateBackupName, KIALI_OAUTH_SECRET } from "../names";
import { show } from "../wording";
import { called, clusters, identities, placed, type Rule, repeated } from "./rule";

const declared = (fleet: Parameters<Rule>[0]) => placed(fleet.keyVault?.secrets, ["keyVault", "secrets"]);

/** Source: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, Microsoft.KeyVault/vaults. */
const vaultNameIsAccepted: Rule = ({ keyVault }) => {
  const name = keyVault?.name;
  if (name === undefined || /^(?=.{3,24}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/.test(name)) return [];
  return [
    {
      at: ["keyVault", "name"],
      reason: `${show(name)} is refused by Azure: a Key Vault's name has 3 to 24 letters, digits and single dashes, a letter first and no dash last`,
      fix: 'write for example "kv-k8s-demo-7f3a"; it is unique in all of Azure, so end it with something of your own',
    },
  ];
};

/** Source: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, vaults/secrets. */
const secretNamesAreAccepted: Rule = (fleet) =>
  declared(fleet)
    .filter(({ value }) => !/^[0-9A-Za-z-]{1,127}$/.test(value))
    .map(({ value, at }) => ({
      at,
      reason: `${show(value)} is refused by Key Vault: a secret's name has 1 to 127 letters, digits and dashes`,
      fix: `write for example ${show(
        value
          .replace(/[^0-9A-Za-z]+/g, "-")
          .replace(/^-|-$/g, "")
          .slice(0, 127) || "storefront-session-key",
      )}`,
    }));

/** Key Vault does not tell upper from lower case in names. */
const secretNamesDiffer: Rule = (fleet) =>
  repeated(declared(fleet), ({ value }) => value.toLowerCase()).map(({ item, earlier }) => ({
    at: item.at,
    reason: `${show(item.value)} is declared already${item.value === earlier.value ? "" : ` as ${show(earlier.value)}, which Key Vault takes for the same`}`,
    fix: "remove one of the two",
  }));

/** A declared secret is not where a certificate is backed up: External Secrets refuses to overwrite what it did not write. */
const secretsAreNotBackups: Rule = (fleet) => {
  const backups = new Map(
    clusters(fleet).flatMap((cluster) =>
      cluster.value.name === undefined
        ? []
        : [[certificateBackupName(cluster.value.name).toLowerCase(), called(cluster)]],
    ),
  );
  return declared(fleet).flatMap(({ value, at }) => {
    const cluster = backups.get(value.toLowerCase());
    if (cluster === undefined) return [];
    const reason = `${show(value)} is where the ingress certificate of ${cluster} is backed up`;
    return [{ at, reason, fix: "choose another name for the secret" }];
  });
};

/** A secret that somebody puts in by hand is for somebody who may read it. */
const secretsHaveReaders: Rule = (fleet) => {
  const readable = new Set<string>();
  for (const { value } of identities(fleet)) {
    for (const grant of wellFormed(value.roles)) {
      if (grant.on !== "key-vault") continue;
      if (grant.secret !== undefined) readable.add(grant.secret);
      else if (grant.role === "Key Vault Secrets User") return [];
    }
  }
  const unsure = fleet.identities?.some((entry) => !entry?.roles || entry.roles.includes(undefined)) ?? true;
  if (unsure) return [];
  return declared(fleet)
    .filter(({ value }) => !readable.has(value))
    .map(({ value, at }) => ({
      at,
      reason: `${show(value)} is a secret that no identity is granted to read`,
      fix: `grant { role: "Key Vault Secrets User", on: "key-vault", secret: ${show(value)} } to the identity that reads it, or remove the secret`,
    }));
};

/** Kiali signs in to Azure Monitor with a secret, so that one is declared where Kiali runs. */
const kialiSecretIsDeclared: Rule = (fleet) => {
  const host = clusters(fleet).find(({ value }) => value.addons?.includes("kiali"));
  if (!host || !lacks(fleet.keyVault?.secrets, KIALI_OAUTH_SECRET)) return [];
  return [
    {
      at: ["keyVault", "secrets"],
      reason: `lacks ${show(KIALI_OAUTH_SECRET)}, with which Kiali on ${called(host)} signs in to Azure Monitor`,
      fix: `add ${show(KIALI_OAUTH_SECRET)}, or remove kiali from the clusters' addons`,
    },
  ];
};

/** Source: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, Microsoft.ContainerRegistry/registries. */
const registryNameIsAccepted: Rule = ({ registry }) => {
  const name = registry?.name;
  if (name === undefined || /^[A-Za-z0-9]{5,50}$/.test(name)) return [];
  const accepted = name.replace(/[^A-Za-z0-9]/g, "").slice(0, 50);
  return [
    {
      at: ["registry", "name"],
      reason: `${show(name)} is refused by Azure: a registry's name has 5 to 50 letters and digits`,
      fix: `write for example ${show(accepted.length >= 5 ? accepted : "acrk8sdemo7f3a")}`,
    },
  ];
};

/** A private fleet pulls by a private endpoint, which only Premium has. Source: learn.microsoft.com/azure/container-registry/container-registry-private-link. */
const registryHasAPrivateEndpoint: Rule = ({ api, registry }) => {
  if (api?.access !== "private" || !registry?.sku || registry.sku === "Premium") return [];
  return [
    {
      at: ["registry", "sku"],
      reason: `${show(registry.sku)} has no private endpoint, which a fleet with private API servers pulls images by`,
      fix: 'write "Premium", or set api.access to "public"',
    },
  ];
};

/** Rules about the Key Vault, what it holds, and the registry. */
export const vaultRules: readonly Rule[] = [
  vaultNameIsAccepted,
  secretNamesAreAccepted,
  secretNamesDiffer,
  secretsAreNotBackups,
  secretsHaveReaders,
  kialiSecretIsDeclared,
  registryNameIsAccepted,
  registryHasAPrivateEndpoint,
];
