import { Application, scaledDeploymentsOf } from "../base/application";
import { Autoscaler } from "../base/autoscaler";
import { CertManager, CertManagerIssuers } from "../base/cert-manager";
import type { Scope } from "../base/component";
import { ExternalSecrets, ExternalSecretsStores } from "../base/external-secrets";
import type { ChartPin } from "../base/helm";
import { Istio } from "../base/istio";
import { Karpenter } from "../base/karpenter";
import { Kiali } from "../base/kiali";
import { Kyverno } from "../base/kyverno";
import { KyvernoPolicies } from "../base/kyverno-policies";
import { Monitoring } from "../base/monitoring";
import { Namespaces } from "../base/namespaces";
import { Night } from "../base/night";
import { PriorityClasses } from "../base/priority-classes";
import { Reloader } from "../base/reloader";
import { type SecretConsumer, Secrets } from "../base/secrets";
import { StorageClasses } from "../base/storage-classes";
import { type PlacedApplication, placeApplications } from "./applications";
import {
  ADDON_NAMESPACE,
  azureName,
  type Cluster,
  type ComponentName,
  certificateBackupName,
  clientIdVariable,
  componentsOf,
  type Fleet,
  KIALI_OAUTH_SECRET,
  keyVaultUrl,
  registryHost,
  variable,
} from "./fleet";
import type { ClusterOverlay } from "./overlay";
import { CHARTS } from "./versions";

/** Name of the wildcard certificate and of the Secret that the gateway reads it from. */
const INGRESS_CERTIFICATE = "ingress-tls";

/** Creates every component that a cluster's data asks for, with the overlay's props on top. */
export function platform(scope: Scope, fleet: Fleet, cluster: Cluster, overlay: ClusterOverlay): void {
  const runs = new Set(componentsOf(cluster));
  const own = overlay.components ?? {};
  const applications = placeApplications(fleet, cluster, overlay.applications ?? []);
  const ingress = cluster.mesh?.ingress;
  const drains = runs.has("night") && cluster.capacity.night === "drain";

  new Namespaces(scope, {
    platform: cluster.addons.map((addon) => ADDON_NAMESPACE[addon]),
    applications: cluster.applications ?? [],
    ...(cluster.mesh && { meshRevision: fleet.meshRevision }),
    podSecurityVersion: `v${fleet.kubernetes}`,
    ...own.namespaces,
  });
  new PriorityClasses(scope);
  new StorageClasses(scope);
  if (cluster.capacity.nodes === "karpenter") {
    new Karpenter(scope, {
      zones: cluster.zones.map((zone) => `${fleet.region}-${zone}`),
      families: cluster.capacity.spot.families,
      maxCpuPerNode: cluster.capacity.spot.maxCpuPerNode,
      limits: cluster.capacity.spot.limits,
      onDemandFallback: cluster.capacity.onDemandFallback ?? false,
      ...own.karpenter,
    });
  }
  if (cluster.capacity.nodes === "autoscaler") {
    const { spot, onDemandFallback } = cluster.capacity;
    new Autoscaler(scope, { pools: [spot, ...(onDemandFallback ? [onDemandFallback] : [])].map((pool) => pool.name) });
  }
  if (runs.has("cert-manager")) {
    new CertManager(scope, { chart: chart(fleet, "cert-manager"), ...own.certManager });
    new CertManagerIssuers(scope, {
      email: fleet.email,
      dnsZone: fleet.domain,
      subscriptionId: variable("AZURE_SUBSCRIPTION_ID"),
      resourceGroup: azureName.commonGroup(fleet),
      clientId: clientId(fleet, cluster, "cert-manager"),
      ...(ingress && { certificate: { name: INGRESS_CERTIFICATE, domain: ingress.domain } }),
      ...own.certManagerIssuers,
    });
  }
  if (cluster.mesh) {
    new Istio(scope, {
      revision: fleet.meshRevision,
      meshedNamespaces: (cluster.applications ?? []).filter((team) => team.meshed).map((team) => team.namespace),
      ...(ingress && {
        ingress: { domain: ingress.domain, credentialName: INGRESS_CERTIFICATE },
        exposed: applications
          .filter((app) => app.host)
          .map(({ name, namespace, port, paths }) => ({ name, namespace, port, ...(paths && { paths }) })),
      }),
      called: applications
        .filter(({ meshed, callers = [] }) => meshed && callers.length > 0)
        .map(({ name, namespace, port, callers = [] }) => ({ name, namespace, port, callers })),
      ...own.istio,
    });
  }
  if (runs.has("kiali")) {
    new Kiali(scope, {
      chart: chart(fleet, "kiali"),
      cluster: azureName.cluster(cluster.name),
      prometheusUrl: variable("PROMETHEUS_QUERY_ENDPOINT"),
      tenantId: variable("AZURE_TENANT_ID"),
      oauthClientId: variable("KIALI_OAUTH_CLIENT_ID"),
      oauthSecret: KIALI_OAUTH_SECRET,
      identityClientId: clientId(fleet, cluster, "kiali"),
      ...(ingress?.hosts["kiali"] && { host: ingress.hosts["kiali"] }),
      ...own.kiali,
    });
  }
  if (runs.has("external-secrets")) {
    new ExternalSecrets(scope, {
      chart: chart(fleet, "external-secrets"),
      clientId: clientId(fleet, cluster, "external-secrets"),
      ...own.externalSecrets,
    });
    new ExternalSecretsStores(scope, {
      vaultUrl: keyVaultUrl(fleet),
      tenantId: variable("AZURE_TENANT_ID"),
      ...(ingress &&
        runs.has("cert-manager") && {
          backup: { secretName: INGRESS_CERTIFICATE, remoteName: certificateBackupName(cluster.name) },
        }),
    });
  }
  if (runs.has("kyverno")) {
    new Kyverno(scope, { chart: chart(fleet, "kyverno"), ...own.kyverno });
    new KyvernoPolicies(scope, { registry: registryHost(fleet), ...own.kyvernoPolicies });
  }
  if (runs.has("reloader")) new Reloader(scope, { chart: chart(fleet, "reloader"), ...own.reloader });
  if (runs.has("secrets")) {
    const consumers = [...kialiSecret(fleet, cluster), ...applications.flatMap(applicationSecret)];
    if (consumers.length > 0) {
      new Secrets(scope, { keyVault: fleet.keyVault.name, tenantId: variable("AZURE_TENANT_ID"), consumers });
    }
  }
  new Monitoring(scope, {
    cluster: azureName.cluster(cluster.name),
    addons: cluster.addons,
    ...own.monitoring,
  });
  for (const app of applications) new Application(scope, { ...app, spot: true, drains });
  if (drains) {
    new Night(scope, {
      timeZone: fleet.timeZone,
      schedule: cluster.capacity.schedule,
      workloads: applications.flatMap(scaledDeploymentsOf),
    });
  }
  overlay.extra?.(scope);
}

/** A chart's pin, from the fleet's mirror if it has one. */
function chart(fleet: Fleet, name: keyof typeof CHARTS): ChartPin {
  const pin = CHARTS[name];
  return fleet.chartMirror
    ? { ...pin, registry: fleet.chartMirror.url, ...(fleet.chartMirror.insecure && { insecure: true }) }
    : pin;
}

/** The client id of the identity that an add-on has on a cluster; loading a fleet has checked that there is one. */
function clientId(fleet: Fleet, cluster: Cluster, component: ComponentName): string {
  const identity = fleet.identities.find(
    (entry) => entry.component === component && entry.clusters.includes(cluster.name),
  );
  if (!identity) throw new Error(`${component} on ${cluster.name} has no identity in clusters/fleet.ts`);
  return variable(clientIdVariable(identity.name));
}

function kialiSecret(fleet: Fleet, cluster: Cluster): readonly SecretConsumer[] {
  if (!cluster.addons.includes("kiali")) return [];
  const [name, namespace] = ["kiali", ADDON_NAMESPACE.kiali];
  return [{ name, namespace, clientId: clientId(fleet, cluster, "kiali"), secrets: [KIALI_OAUTH_SECRET] }];
}

function applicationSecret({ name, namespace, clientId, secrets = [] }: PlacedApplication): readonly SecretConsumer[] {
  return clientId !== undefined && secrets.length > 0 ? [{ name, namespace, clientId, secrets }] : [];
}
