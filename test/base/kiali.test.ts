import { App } from "cdk8s";
import { GATEWAY_REF } from "../../base/istio";
import { Kiali, type KialiProps } from "../../base/kiali";
import { SYSTEM_NODES } from "../../base/placement";
import type { HelmRelease } from "../../imports/helm.toolkit.fluxcd.io";
import type { ServiceAccount } from "../../imports/k8s";
import type { VirtualService } from "../../imports/networking.istio.io";
import { chartPin } from "../helpers/chart";
import { objectOf, objectsOf } from "../helpers/render";

const PROPS: KialiProps = {
  chart: chartPin("kiali-server"),
  cluster: "aks-app1",
  prometheusUrl: "https://metrics.example.com",
  tenantId: "tenant",
  oauthClientId: "app-registration",
  oauthSecret: "kiali-oauth-client-secret",
  identityClientId: "identity",
  host: "kiali.example.com",
};

const kiali = new Kiali(new App(), PROPS);
const { values, targetNamespace } = objectOf<HelmRelease>(kiali, "HelmRelease").spec;

test("reads Azure Monitor by OAuth2, in the form its Prometheus client knows", () => {
  expect(values).toMatchObject({
    external_services: {
      prometheus: {
        url: "https://metrics.example.com",
        auth: {
          type: "oauth2",
          oauth2: {
            client_id: "app-registration",
            token_url: "https://login.microsoftonline.com/tenant/oauth2/v2.0/token",
            scopes: ["https://prometheus.monitor.azure.com/.default"],
          },
        },
      },
    },
  });
});

test("reads its secret from the file that its own pod mounts, not from a Secret", () => {
  expect(values).toMatchObject({
    deployment: {
      custom_secrets: [
        {
          mount: "/mnt/secrets-store",
          csi: { driver: "secrets-store.csi.k8s.io", volumeAttributes: { secretProviderClass: "kiali" } },
        },
      ],
    },
    external_services: {
      prometheus: { auth: { oauth2: { client_secret: "/mnt/secrets-store/kiali-oauth-client-secret" } } },
    },
  });
  expect(kiali.delivery.dependsOn).toContain("secrets");
});

test("asks only for its own cluster's metrics, of a workspace that holds all clusters'", () => {
  expect(values).toMatchObject({ external_services: { prometheus: { query_scope: { cluster: "aks-app1" } } } });
});

test("has none of the settings that Kiali dropped: it finds istiod and the root namespace itself", () => {
  expect(JSON.stringify(values)).not.toMatch(/root_namespace|istiod_deployment_name|config_map_name|istio_namespace/);
});

test("runs as the service account of its federated credential, which the chart leaves to us", () => {
  const account = objectOf<ServiceAccount>(kiali, "ServiceAccount");
  expect(account.metadata).toEqual({
    name: "kiali",
    namespace: "kiali",
    annotations: { "azure.workload.identity/client-id": "identity" },
  });
  expect(targetNamespace).toBe("kiali");
  expect(values).toMatchObject({
    skipResources: ["sa"],
    deployment: { instance_name: "kiali", pod_labels: { "azure.workload.identity/use": "true" } },
  });
});

test("runs on system nodes", () => {
  expect(values).toMatchObject({
    deployment: { node_selector: SYSTEM_NODES.nodeSelector, tolerations: SYSTEM_NODES.tolerations },
  });
});

test("lets nobody in without a token, and changes nothing that Git holds", () => {
  expect(values).toMatchObject({ auth: { strategy: "token" }, deployment: { view_only_mode: true } });
});

test("is served by the shared gateway at its host", () => {
  expect(objectOf<VirtualService>(kiali, "VirtualService").spec).toEqual({
    hosts: ["kiali.example.com"],
    gateways: [GATEWAY_REF],
    http: [{ route: [{ destination: { host: "kiali.kiali.svc.cluster.local", port: { number: 20001 } } }] }],
  });
});

test("stays inside without a host", () => {
  const { host: _, ...rest } = PROPS;
  const inside = new Kiali(new App(), rest);
  expect(objectsOf(inside).map((object) => object.kind)).not.toContain("VirtualService");
});
