import type { Disagreement } from "../../../infra/contract";
import { type Change, inAzure, inManifests, otherIssuer, renamedAccount, replaced, without } from "./changes";

/** A change on one side only, and what must be said of it. */
export interface Mutation {
  readonly what: string;
  readonly check: Disagreement["check"];
  readonly change: Change;
  /** The place on both sides, as parts of one sentence. */
  readonly places: readonly string[];
}

/** Changes on one side only, several for each check. */
export const MUTATIONS: readonly Mutation[] = (
  [
    [
      "a service account renamed in the manifests",
      "trusted accounts",
      renamedAccount("storefront", "shop"),
      "dist/app1/workloads-storefront, ServiceAccount storefront/shop",
      "id-k8s-demo-app1-storefront trusts system:serviceaccount:storefront:storefront",
    ],
    [
      "a service account renamed in the manifests leaves an identity behind",
      "existing accounts",
      renamedAccount("storefront", "shop"),
      "id-k8s-demo-app1-storefront",
      "dist/app1",
    ],
    [
      "a service account renamed in Azure",
      "trusted accounts",
      inAzure("system:serviceaccount:ledger:ledger", "system:serviceaccount:ledger:book"),
      "dist/app2/workloads-ledger, ServiceAccount ledger/ledger",
      "system:serviceaccount:ledger:book",
    ],
    [
      "a chart's service account renamed in Azure",
      "trusted accounts",
      inAzure("system:serviceaccount:cert-manager:cert-manager", "system:serviceaccount:cert-manager:controller"),
      "dist/mgmt/cert-manager, HelmRelease flux-system/cert-manager",
      "system:serviceaccount:cert-manager:controller",
    ],
    [
      "a variable renamed in the manifests",
      "variables",
      inManifests("${LEDGER_CLIENT_ID}", "${BOOK_CLIENT_ID}"),
      "dist/app2/",
      "${BOOK_CLIENT_ID}",
      "aks-app2",
    ],
    [
      "a variable renamed in the manifests leaves a value unused",
      "variables",
      inManifests("${LEDGER_CLIENT_ID}", "${BOOK_CLIENT_ID}"),
      "LEDGER_CLIENT_ID",
      "aks-app2",
      "dist/app2",
    ],
    [
      "a variable renamed in Azure",
      "variables",
      inAzure("PROMETHEUS_QUERY_ENDPOINT", "PROMETHEUS_URL"),
      "dist/mgmt/kiali, HelmRelease flux-system/kiali",
      "aks-mgmt",
      "PROMETHEUS_URL",
    ],
    [
      "a client id of somebody else",
      "trusted accounts",
      inAzure("LEDGER_CLIENT_ID", "OTHER_CLIENT_ID"),
      "dist/app2/workloads-ledger, ServiceAccount ledger/ledger",
      "id-k8s-demo-app2-ledger",
    ],
    [
      "a hostname outside the zone",
      "hostnames",
      inManifests("shop.example.com", "shop.example.org"),
      "dist/app1/",
      "shop.example.org",
      "example.com",
    ],
    [
      "another zone in Azure",
      "hostnames",
      inAzure('"zoneName":"example.com"', '"zoneName":"example.net"'),
      "dist/mgmt/",
      "example.net",
    ],
    [
      "a secret renamed in the manifests",
      "secrets",
      inManifests("storefront-session-key", "storefront-cookie-key"),
      "dist/app1/secrets, SecretProviderClass storefront/storefront",
      "storefront-cookie-key",
      "clusters/fleet.ts",
    ],
    [
      "a secret renamed in the fleet",
      "secrets",
      (given) => ({ ...given, fleet: replaced(given.fleet, "ledger-database-password", "ledger-password") }),
      "dist/app2/secrets, SecretProviderClass ledger/ledger",
      "ledger-password",
    ],
    [
      "a role on another secret",
      "secrets",
      inAzure("secrets/ledger-database-password", "secrets/other"),
      "dist/app2/secrets, SecretProviderClass ledger/ledger",
      "aks-app2",
    ],
    [
      "another vault in Azure",
      "secrets",
      inAzure('"vaultName":"kv-', '"vaultName":"vault-'),
      "dist/app1/secrets",
      "vault-k8s-demo",
    ],
    [
      "a revision in the manifests",
      "mesh revision",
      inManifests("asm-1-30", "asm-1-29"),
      "dist/app1/namespaces, Namespace storefront",
      "asm-1-29",
      "aks-app1 runs asm-1-30",
    ],
    [
      "a revision in Azure",
      "mesh revision",
      inAzure("asm-1-30", "asm-1-31"),
      "dist/mgmt/istio",
      "aks-mgmt runs asm-1-31",
    ],
    [
      "another root in Azure",
      "folders",
      inAzure("./dist/app1/flux-system", "./dist/app1/flux"),
      "aks-app1 starts at ./dist/app1/flux",
      "dist/app1",
    ],
    [
      "another source in Azure",
      "folders",
      inAzure('"fluxConfigurationName":"fleet"', '"fluxConfigurationName":"gitops"'),
      "dist/app1/flux-system, Kustomization flux-system/namespaces takes from the source fleet",
      "the fluxConfiguration gitops of aks-app1",
    ],
    [
      "another namespace for Flux in Azure",
      "folders",
      inAzure('"namespace":"flux-system"', '"namespace":"default"'),
      "dist/app1/flux-system, Kustomization flux-system/namespaces is in flux-system",
      "aks-app1 works in default",
    ],
    [
      "a component that is not rendered",
      "folders",
      without("namespaces"),
      "dist/mgmt/flux-system, Kustomization flux-system/namespaces",
      "./dist/mgmt/namespaces",
    ],
    [
      "a network that meets another",
      "address ranges",
      inAzure("10.3.0.0/16", "10.2.128.0/17"),
      "vnet-k8s-demo-app1 10.2.0.0/16",
      "vnet-k8s-demo-app2 10.2.128.0/17",
    ],
    [
      "pods that meet a network",
      "address ranges",
      inAzure('"podCidr":"192.168.0.0/16"', '"podCidr":"10.3.0.0/18"'),
      "the pods of aks-mgmt 10.3.0.0/18",
      "vnet-k8s-demo-app2",
    ],
    [
      "a DNS address outside the services",
      "address ranges",
      inAzure("172.16.0.10", "172.17.0.10"),
      "172.17.0.10 of aks-mgmt",
      "172.16.0.0/16",
    ],
    [
      "pods without the token's label",
      "trusted accounts",
      inManifests("azure.workload.identity/use", "azure.workload.identity/used"),
      "dist/app1/workloads-storefront, Deployment storefront/storefront",
      "system:serviceaccount:storefront:storefront",
    ],
    [
      "the tokens of another cluster",
      "trusted accounts",
      otherIssuer,
      "dist/app2/workloads-ledger, ServiceAccount ledger/ledger",
      "id-k8s-demo-app2-ledger",
    ],
    [
      "a cluster that is not provisioned",
      "folders",
      inAzure('"resourceName":"aks-app2"', '"resourceName":"aks-app9"'),
      "dist/app2",
    ],
  ] satisfies readonly (readonly [string, Disagreement["check"], Change, ...string[]])[]
).map(([what, check, change, ...places]) => ({ what, check, change, places }));
