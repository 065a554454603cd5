import { defineFleet, type NightSchedule } from "../model";

const officeHours: NightSchedule = { start: "09:00", end: "22:00", days: ["Mon", "Tue", "Wed", "Thu", "Fri"] };

const spot = { name: "spot", vmSize: "Standard_D2s_v5", min: 0, max: 2 } as const;
const onDemandFallback = { name: "ondemand", vmSize: "Standard_D2s_v5", min: 0, max: 2 } as const;

/**
 * A cheap fleet for demonstrations: the Free tier, one system node, no zones, public API servers that only listed addresses
 * reach, Spot workers with an on-demand fallback in autoscaled pools, and clusters that stop at night.
 */
export const demo = defineFleet({
  name: "k8s-demo",
  region: "koreacentral",
  timeZone: "Asia/Seoul",
  domain: "example.com",
  email: "platform@example.com",
  kubernetes: "1.35",
  tier: "Free",
  meshRevision: "asm-1-30",
  api: { access: "public", authorizedRanges: ["203.0.113.0/24"] },
  git: { url: "https://github.com/example/aks-fleet", branch: "main" },
  keyVault: {
    name: "kv-k8s-demo-d41c",
    secrets: ["kiali-oauth-client-secret", "storefront-session-key", "ledger-database-password"],
  },
  registry: { name: "acrk8sdemod41c", sku: "Basic" },
  budget: { monthlyUsd: 800 },

  clusters: [
    {
      name: "mgmt",
      zones: [],
      network: {
        vnet: "10.1.0.0/16",
        nodes: "10.1.0.0/20",
        pods: "192.168.0.0/16",
        services: "172.16.0.0/16",
        dnsServiceIp: "172.16.0.10",
      },
      pools: { system: { name: "system", vmSize: "Standard_D4s_v5", count: 1 } },
      capacity: { nodes: "autoscaler", night: "stop", schedule: officeHours, spot, onDemandFallback },
      mesh: { ingress: { domain: "example.com", hosts: { kiali: "kiali-mgmt.example.com" } } },
      addons: ["cert-manager", "kiali"],
    },
    {
      name: "app1",
      zones: [],
      network: {
        vnet: "10.2.0.0/16",
        nodes: "10.2.0.0/20",
        pods: "192.168.0.0/16",
        services: "172.16.0.0/16",
        dnsServiceIp: "172.16.0.10",
      },
      pools: { system: { name: "system", vmSize: "Standard_D4s_v5", count: 1 } },
      capacity: { nodes: "autoscaler", night: "stop", schedule: officeHours, spot, onDemandFallback },
      mesh: {
        ingress: { domain: "example.com", hosts: { kiali: "kiali-app1.example.com", storefront: "shop.example.com" } },
      },
      addons: ["cert-manager", "kiali", "kyverno", "reloader"],
      applications: [{ namespace: "storefront", meshed: true, quota: { cpu: 4, memoryGiB: 8, pods: 20 } }],
    },
    {
      name: "app2",
      zones: [],
      network: {
        vnet: "10.3.0.0/16",
        nodes: "10.3.0.0/20",
        pods: "192.168.0.0/16",
        services: "172.16.0.0/16",
        dnsServiceIp: "172.16.0.10",
      },
      pools: { system: { name: "system", vmSize: "Standard_D4s_v5", count: 1 } },
      capacity: { nodes: "autoscaler", night: "stop", schedule: officeHours, spot, onDemandFallback },
      addons: ["kyverno", "reloader"],
      applications: [{ namespace: "ledger", meshed: false, quota: { cpu: 4, memoryGiB: 8, pods: 20 } }],
    },
  ],

  identities: [
    {
      name: "cert-manager",
      component: "cert-manager",
      clusters: ["mgmt", "app1"],
      namespace: "cert-manager",
      serviceAccount: "cert-manager",
      roles: [{ role: "DNS Zone Contributor", on: "dns-zone" }],
    },
    {
      name: "kiali",
      component: "kiali",
      clusters: ["mgmt", "app1"],
      namespace: "kiali",
      serviceAccount: "kiali",
      roles: [{ role: "Key Vault Secrets User", on: "key-vault", secret: "kiali-oauth-client-secret" }],
    },
    {
      name: "storefront",
      component: "workloads",
      clusters: ["app1"],
      namespace: "storefront",
      serviceAccount: "storefront",
      roles: [{ role: "Key Vault Secrets User", on: "key-vault", secret: "storefront-session-key" }],
    },
    {
      name: "ledger",
      component: "workloads",
      clusters: ["app2"],
      namespace: "ledger",
      serviceAccount: "ledger",
      roles: [{ role: "Key Vault Secrets User", on: "key-vault", secret: "ledger-database-password" }],
    },
  ],
});
