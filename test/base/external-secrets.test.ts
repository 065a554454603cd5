import { App } from "cdk8s";
import { ExternalSecrets, ExternalSecretsStores, type ExternalSecretsStoresProps } from "../../base/external-secrets";
import { SYSTEM_NODES } from "../../base/placement";
import type { ClusterSecretStore, PushSecret } from "../../imports/external-secrets.io";
import type { HelmRelease } from "../../imports/helm.toolkit.fluxcd.io";
import { chartPin } from "../helpers/chart";
import { objectOf, objectsOf } from "../helpers/render";

const controller = new ExternalSecrets(new App(), { chart: chartPin("external-secrets"), clientId: "client" });

describe("controller", () => {
  const { values } = objectOf<HelmRelease>(controller, "HelmRelease").spec;

  test("acts in Azure by its service account, which the store refers to", () => {
    expect(values).toMatchObject({
      podLabels: { "azure.workload.identity/use": "true" },
      serviceAccount: {
        name: "external-secrets",
        annotations: { "azure.workload.identity/client-id": "client" },
      },
    });
  });

  test("runs every part on system nodes", () => {
    expect(values).toMatchObject({ global: SYSTEM_NODES });
  });

  test("elects a leader among its replicas", () => {
    expect(values).toMatchObject({ replicaCount: 2, leaderElect: true });
  });

  test("takes no rights to spread secrets over namespaces", () => {
    expect(values).toMatchObject({
      processClusterExternalSecret: false,
      processClusterPushSecret: false,
      crds: { createClusterExternalSecret: false, createClusterPushSecret: false },
    });
  });

  test("keeps AKS's admission enforcer off its webhook", () => {
    expect(values).toMatchObject({ webhook: { annotations: { "admissions.enforcer/disabled": "true" } } });
  });
});

describe("stores", () => {
  const PROPS: ExternalSecretsStoresProps = {
    vaultUrl: "https://kv.vault.azure.net",
    tenantId: "tenant",
    backup: { secretName: "ingress-tls", remoteName: "app1-ingress-tls" },
  };
  const component = (props: Partial<ExternalSecretsStoresProps> = {}) =>
    new ExternalSecretsStores(new App(), { ...PROPS, ...props });
  const store = objectOf<ClusterSecretStore>(component(), "ClusterSecretStore");
  const push = objectOf<PushSecret>(component(), "PushSecret");

  test("come after the controller, and after the certificate where there is one", () => {
    expect(component().delivery).toEqual({ dependsOn: ["external-secrets"], after: ["cert-manager-issuers"] });
  });

  test("the store is of the one served version, and reaches the Key Vault as the controller's account", () => {
    expect(store.apiVersion).toBe("external-secrets.io/v1");
    expect(store.spec?.provider?.azurekv).toEqual({
      authType: "WorkloadIdentity",
      vaultUrl: "https://kv.vault.azure.net",
      tenantId: "tenant",
      serviceAccountRef: { name: "external-secrets", namespace: "external-secrets" },
    });
  });

  test("no application namespace may use the store, whose identity reads the whole Key Vault", () => {
    expect(store.spec?.conditions).toEqual([{ namespaces: ["aks-istio-ingress"] }]);
  });

  test("the backup is taken beside the certificate, by the store that is there", () => {
    expect(push.metadata.namespace).toBe("aks-istio-ingress");
    expect(push.spec.selector).toEqual({ secret: { name: "ingress-tls" } });
    expect(push.spec.secretStoreRefs).toEqual([{ kind: "ClusterSecretStore", name: store.metadata.name }]);
  });

  test("key and certificate are one Key Vault secret, so that they always match", () => {
    expect(push.spec.data).toEqual([{ match: { remoteRef: { remoteKey: "app1-ingress-tls" } } }]);
  });

  test("the backup outlives its object and its cluster", () => {
    expect(push.spec).toMatchObject({ deletionPolicy: "None", updatePolicy: "Replace" });
  });

  test.each(["tls.crt", "app1/ingress", "", "a".repeat(128)])(
    "refuses a name the Key Vault would: %j",
    (remoteName) => {
      expect(() => component({ backup: { secretName: "ingress-tls", remoteName } })).toThrow(
        "no name for a Key Vault secret",
      );
    },
  );

  test("backs nothing up where there is no certificate", () => {
    const { backup: _, ...rest } = PROPS;
    const kinds = objectsOf(new ExternalSecretsStores(new App(), rest)).map((object) => object.kind);
    expect(kinds).toEqual(["ClusterSecretStore"]);
  });
});
