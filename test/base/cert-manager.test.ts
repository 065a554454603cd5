import { App } from "cdk8s";
import { CertManager, CertManagerIssuers, type CertManagerIssuersProps } from "../../base/cert-manager";
import { SYSTEM_NODES } from "../../base/placement";
import type { Certificate, ClusterIssuer } from "../../imports/cert-manager.io";
import type { HelmRelease } from "../../imports/helm.toolkit.fluxcd.io";
import { chartPin } from "../helpers/chart";
import { objectOf, objectsOf } from "../helpers/render";

describe("controller", () => {
  const component = (replicas?: number) =>
    new CertManager(new App(), { chart: chartPin("cert-manager"), ...(replicas && { replicas }) });
  const values = (replicas?: number) => objectOf<HelmRelease>(component(replicas), "HelmRelease").spec.values;

  test("brings its CRDs and leaves them behind, with every certificate, when the release goes", () => {
    expect(values()).toMatchObject({ crds: { enabled: true, keep: true } });
  });

  test("acts in Azure: the label on pods and on the service account of the federated credential", () => {
    expect(values()).toMatchObject({
      podLabels: { "azure.workload.identity/use": "true" },
      serviceAccount: { name: "cert-manager", labels: { "azure.workload.identity/use": "true" } },
    });
    expect(objectOf<HelmRelease>(component(), "HelmRelease").spec.targetNamespace).toBe("cert-manager");
  });

  test("runs every part on system nodes", () => {
    expect(values()).toMatchObject({
      ...SYSTEM_NODES,
      webhook: SYSTEM_NODES,
      cainjector: SYSTEM_NODES,
      startupapicheck: SYSTEM_NODES,
    });
  });

  test("elects its leader in its own namespace, not in AKS's kube-system", () => {
    expect(values()).toMatchObject({ global: { leaderElection: { namespace: "cert-manager" } } });
  });

  test("keeps AKS's admission enforcer off its webhooks, or drift would never end", () => {
    const off = { "admissions.enforcer/disabled": "true" };
    expect(values()).toMatchObject({
      webhook: { mutatingWebhookConfigurationAnnotations: off, validatingWebhookConfigurationAnnotations: off },
    });
  });

  test("uses Istio's gateway, not the Gateway API", () => {
    expect(values()).toMatchObject({ config: { enableGatewayAPI: false } });
  });

  test("guards replicas by a disruption budget only where there is more than one: a lone pod would block every drain", () => {
    expect(values(3)).toMatchObject({ replicaCount: 3, podDisruptionBudget: { enabled: true, minAvailable: 1 } });
    expect(values(1)).toMatchObject({ replicaCount: 1, podDisruptionBudget: { enabled: false } });
  });

  test("asks Flux for its chart", () => {
    expect(component().delivery).toMatchObject({
      dependsOn: ["namespaces", "priority-classes"],
      charts: [chartPin("cert-manager")],
    });
  });
});

describe("issuers", () => {
  const PROPS: CertManagerIssuersProps = {
    email: "platform@example.com",
    dnsZone: "example.com",
    subscriptionId: "subscription",
    resourceGroup: "rg-common",
    clientId: "client",
    certificate: { name: "ingress-tls", domain: "apps.example.com" },
  };
  const component = (props: Partial<CertManagerIssuersProps> = {}) =>
    new CertManagerIssuers(new App(), { ...PROPS, ...props });
  const certificate = (props: Partial<CertManagerIssuersProps> = {}) =>
    objectOf<Certificate>(component(props), "Certificate");

  test("come after the controller and its CRDs", () => {
    expect(component().delivery.dependsOn).toEqual(["cert-manager"]);
  });

  test.each([
    ["letsencrypt-staging", "https://acme-staging-v02.api.letsencrypt.org/directory"],
    ["letsencrypt-production", "https://acme-v02.api.letsencrypt.org/directory"],
  ])("%s answers DNS-01 in the zone, as its identity", (name, server) => {
    const { acme } = objectOf<ClusterIssuer>(component(), "ClusterIssuer", name).spec;
    expect(acme?.server).toBe(server);
    expect(acme?.email).toBe("platform@example.com");
    expect(acme?.solvers).toEqual([
      {
        selector: { dnsZones: ["example.com"] },
        dns01: {
          azureDNS: {
            subscriptionID: "subscription",
            resourceGroupName: "rg-common",
            hostedZoneName: "example.com",
            environment: "AzurePublicCloud",
            managedIdentity: { clientID: "client" },
          },
        },
      },
    ]);
  });

  test("keep their account keys apart", () => {
    const keys = objectsOf(component())
      .filter((object) => object.kind === "ClusterIssuer")
      .map((object) => (object as unknown as ClusterIssuer).spec.acme?.privateKeySecretRef.name);
    expect(new Set(keys).size).toBe(2);
  });

  test("the certificate's Secret lies beside the gateway's pods, which read it by SDS", () => {
    expect(certificate().metadata).toEqual({ name: "ingress-tls", namespace: "aks-istio-ingress" });
    expect(certificate().spec).toMatchObject({ secretName: "ingress-tls", dnsNames: ["*.apps.example.com"] });
  });

  test("the certificate is renewed by a share of its lifetime, which shrinks, with a new key", () => {
    const { spec } = certificate();
    expect(spec.renewBeforePercentage).toBe(33);
    expect(spec).not.toHaveProperty("renewBefore");
    expect(spec).not.toHaveProperty("duration");
    expect(spec.privateKey?.rotationPolicy).toBe("Always");
    expect(spec.revisionHistoryLimit).toBe(2);
  });

  test("the certificate is browsers' to trust unless told otherwise", () => {
    expect(certificate().spec.issuerRef.name).toBe("letsencrypt-production");
    const trial = { certificate: { name: "ingress-tls", domain: "example.com", issuer: "staging" as const } };
    expect(certificate(trial).spec.issuerRef.name).toBe("letsencrypt-staging");
  });

  test("there is no certificate without a gateway", () => {
    const { certificate: _, ...rest } = PROPS;
    const kinds = objectsOf(new CertManagerIssuers(new App(), rest)).map((object) => object.kind);
    expect(kinds).toEqual(["ClusterIssuer", "ClusterIssuer"]);
  });
});
