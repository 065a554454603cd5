import { azureName, type Cluster, certificateBackupName, type Fleet, registryHost } from "../../clusters/fleet";
import { code, list, markdownTable } from "./markdown";

/** Names that people type: of groups, clusters and what is shared. */
export function nameTables(fleet: Fleet): string {
  const clusters = markdownTable(
    ["cluster", "AKS", "group", "its snapshots", "its machines", "Flux root"],
    fleet.clusters.map(({ name }) => [
      name,
      ...[
        azureName.cluster(name),
        azureName.clusterGroup(fleet, name),
        azureName.snapshotsGroup(fleet, name),
        azureName.nodesGroup(fleet, name),
        `dist/${name}/flux-system`,
      ].map(code),
    ]),
  );
  const shared = markdownTable(
    ["shared", "name"],
    [
      ["group", azureName.commonGroup(fleet)],
      ["Key Vault", fleet.keyVault.name],
      ["registry", registryHost(fleet)],
      ["backup vault", azureName.backupVault(fleet)],
      ["backup storage", azureName.backupStorage(fleet)],
      ["public DNS zone", fleet.domain],
      ...(fleet.clusters.some(({ network }) => network.bastion) ? [["Bastion", azureName.bastion(fleet)]] : []),
      ...(fleet.clusters.some(({ network }) => network.jumpHost) ? [["jump host", azureName.jumpHost(fleet)]] : []),
    ].map(([what = "", name = ""]) => [what, code(name)]),
  );
  return `${clusters}\n\n${shared}`;
}

/** Secrets that people put into the Key Vault, and who reads each. */
export function secretTable(fleet: Fleet): string {
  const readers = (secret: string) =>
    fleet.identities
      .filter(({ roles }) => roles.some((role) => role.secret === secret))
      .flatMap(({ clusters, namespace, serviceAccount }) =>
        clusters.map((cluster) => `${cluster}: ${namespace}/${serviceAccount}`),
      );
  const written = fleet.clusters.filter(backsUpCertificate).map(({ name }) => certificateBackupName(name));
  return markdownTable(
    ["secret", "who puts it in", "who reads it"],
    [
      ...fleet.keyVault.secrets.map((secret) => [code(secret), "you", list(readers(secret))]),
      ...written.map((secret) => [code(secret), "External Secrets", "you, in a restore"]),
    ],
  );
}

/** Hostnames of the public zone, and the cluster whose gateway answers to each. */
export function hostTable(fleet: Fleet): string {
  const rows = fleet.clusters.flatMap(({ name, mesh }) =>
    Object.values(mesh?.ingress?.hosts ?? {}).map((host) => [
      code(host),
      name,
      code(host === fleet.domain ? "@" : host.slice(0, -fleet.domain.length - 1)),
    ]),
  );
  return markdownTable(["hostname", "cluster", "record set"], rows);
}

function backsUpCertificate({ mesh, addons }: Cluster): boolean {
  return mesh?.ingress !== undefined && addons.includes("cert-manager") && addons.includes("external-secrets");
}
