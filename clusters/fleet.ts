import { defineFleet } from "./model";

export * from "./model";

/**
 * The fleet. To make it yours, change the names, the domain and the repository here; `make synth` tells what does not fit.
 * Shape: three private clusters of the Standard tier over three zones, with Spot-only workers that Karpenter creates.
 */
export const fleet = defineFleet({
  name: "k8s-demo",
  region: "koreacentral",
  timeZone: "Asia/Seoul",
  domain: "example.com",
  email: "platform@example.com",
  kubernetes: "1.35",
  tier: "Standard",
  meshRevision: "asm-1-30",
  api: { access: "private" },
  git: { url: "ssh://git@github.com/example/aks-fleet", branch: "main" },
  keyVault: {
    name: "kv-k8s-demo-7f3a",
    secrets: ["kiali-oauth-client-secret", "storefront-session-key", "ledger-database-password"],
  },
  registry: { name: "acrk8sdemo7f3a", sku: "Premium" },
  budget: { monthlyUsd: 4000 },

  clusters: [
    {
      name: "mgmt",
      zones: ["1", "2", "3"],
      network: {
        vnet: "10.1.0.0/16",
        nodes: "10.1.0.0/20",
        bastion: "10.1.100.0/26",
        jumpHost: "10.1.101.0/28",
        pods: "192.168.0.0/16",
        services: "172.16.0.0/16",
        dnsServiceIp: "172.16.0.10",
      },
      pools: {
        system: { name: "system", vmSize: "Standard_D4s_v5", count: 3 },
        ingress: { name: "ingress", vmSize: "Standard_D2s_v5", count: 3 },
      },
      capacity: {
        nodes: "karpenter",
        night: "drain",
        schedule: { start: "09:00", end: "22:00", days: ["Mon", "Tue", "Wed", "Thu", "Fri"] },
        spot: { families: ["D"], maxCpuPerNode: 8, limits: { cpu: 20, memoryGiB: 80 } },
      },
      mesh: { ingress: { domain: "example.com", hosts: { kiali: "kiali-mgmt.example.com" } } },
      addons: ["cert-manager", "external-secrets", "kiali"],
    },
    {
      name: "app1",
      zones: ["1", "2", "3"],
      network: {
        vnet: "10.2.0.0/16",
        nodes: "10.2.0.0/20",
        pods: "192.168.0.0/16",
        services: "172.16.0.0/16",
        dnsServiceIp: "172.16.0.10",
      },
      pools: {
        system: { name: "system", vmSize: "Standard_D4s_v5", count: 3 },
        ingress: { name: "ingress", vmSize: "Standard_D2s_v5", count: 3 },
      },
      capacity: {
        nodes: "karpenter",
        night: "drain",
        schedule: { start: "09:00", end: "22:00", days: ["Mon", "Tue", "Wed", "Thu", "Fri"] },
        spot: { families: ["D"], maxCpuPerNode: 8, limits: { cpu: 20, memoryGiB: 80 } },
      },
      mesh: {
        ingress: {
          domain: "example.com",
          hosts: { kiali: "kiali-app1.example.com", storefront: "shop.example.com" },
        },
      },
      addons: ["cert-manager", "external-secrets", "kiali", "kyverno", "reloader"],
      applications: [{ namespace: "storefront", meshed: true, quota: { cpu: 8, memoryGiB: 16, pods: 40 } }],
    },
    {
      name: "app2",
      zones: ["1", "2", "3"],
      network: {
        vnet: "10.3.0.0/16",
        nodes: "10.3.0.0/20",
        pods: "192.168.0.0/16",
        services: "172.16.0.0/16",
        dnsServiceIp: "172.16.0.10",
      },
      pools: { system: { name: "system", vmSize: "Standard_D4s_v5", count: 3 } },
      capacity: {
        nodes: "karpenter",
        night: "drain",
        schedule: { start: "09:00", end: "22:00", days: ["Mon", "Tue", "Wed", "Thu", "Fri"] },
        spot: { families: ["D"], maxCpuPerNode: 8, limits: { cpu: 20, memoryGiB: 80 } },
      },
      addons: ["kyverno", "reloader"],
      applications: [{ namespace: "ledger", meshed: false, quota: { cpu: 8, memoryGiB: 16, pods: 40 } }],
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
      name: "external-secrets",
      component: "external-secrets",
      clusters: ["mgmt", "app1"],
      namespace: "external-secrets",
      serviceAccount: "external-secrets",
      roles: [{ role: "Key Vault Secrets Officer", on: "key-vault" }],
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
