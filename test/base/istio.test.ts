import { App } from "cdk8s";
import { load } from "js-yaml";
import { GATEWAY_NAME, GATEWAY_NAMESPACE, GATEWAY_REF, Istio, type IstioProps } from "../../base/istio";
import type { ConfigMap, HorizontalPodAutoscaler } from "../../imports/k8s";
import type { Gateway } from "../../imports/networking.istio.io";
import type { AuthorizationPolicy } from "../../imports/security.istio.io";
import { objectOf, objectsOf } from "../helpers/render";

const PROPS: IstioProps = {
  revision: "asm-1-30",
  meshedNamespaces: ["storefront"],
  ingress: { domain: "example.com", credentialName: "ingress-tls" },
  exposed: [{ name: "storefront", namespace: "storefront", port: 8080 }],
};

const istio = (props: Partial<IstioProps> = {}) => new Istio(new App(), { ...PROPS, ...props });

test("creates nothing that AKS owns but the autoscaler it merges into", () => {
  const kinds = new Set(objectsOf(istio()).map((object) => object.kind));
  expect([...kinds].sort()).toEqual([
    "AuthorizationPolicy",
    "ConfigMap",
    "Gateway",
    "HorizontalPodAutoscaler",
    "PeerAuthentication",
    "Telemetry",
  ]);
});

describe("mesh configuration", () => {
  const meshConfig = (revision: string) =>
    objectOf<ConfigMap>(istio({ revision }), "ConfigMap", `istio-shared-configmap-${revision}`);

  test("carries the revision in its name, since istiod reads only its own", () => {
    expect(meshConfig("asm-1-31").metadata).toEqual({
      name: "istio-shared-configmap-asm-1-31",
      namespace: "aks-istio-system",
    });
  });

  /** Source: learn.microsoft.com/azure/aks/istio-meshconfig; AKS's webhook refuses all else. */
  const ALLOWED =
    /^(proxyListenPort|proxyInboundListenPort|proxyHttpPort|connectTimeout|tcpKeepAlive|defaultConfig|outboundTrafficPolicy|extensionProviders|defaultProviders|accessLog(File|Format|Encoding)|enableTracing|enableEnvoyAccessLogService|disableEnvoyListenerLog|trustDomain|trustDomainAliases|caCertificates|default\w+ExportTo|localityLbSetting|dnsRefreshRate|h2UpgradePolicy|enablePrometheusMerge|discoverySelectors|pathNormalization|defaultHttpRetryPolicy|serviceSettings|meshMTLS|tlsDefaults|ingressService|ingressSelector)$/;

  test("is YAML in the key mesh, of fields that AKS allows", () => {
    const config = load(meshConfig("asm-1-30").data?.["mesh"] ?? "") as Record<string, unknown>;
    expect(Object.keys(config).length).toBeGreaterThan(0);
    for (const field of Object.keys(config)) expect(field).toMatch(ALLOWED);
    expect(config["pathNormalization"]).toEqual({ normalization: "DECODE_AND_MERGE_SLASHES" });
    expect(config["defaultConfig"]).toEqual({ holdApplicationUntilProxyStarts: true });
  });
});

test("asks for mutual TLS in the root namespace, which is the whole mesh, and in each meshed one", () => {
  const strict = objectsOf(istio()).filter((object) => object.kind === "PeerAuthentication");
  expect(strict.map((object) => object.metadata.namespace)).toEqual(["aks-istio-system", "storefront"]);
  for (const object of strict) expect(object.spec).toEqual({ mtls: { mode: "STRICT" } });
});

describe("authorization", () => {
  const policy = (component: Istio, name: string) =>
    objectOf<AuthorizationPolicy>(component, "AuthorizationPolicy", name);

  test("allows nothing unless another policy does", () => {
    const nothing = policy(istio(), "allow-nothing");
    expect(nothing.metadata.namespace).toBe("storefront");
    expect(nothing.spec).toEqual({});
  });

  test("allows the gateway, by its identity, at the application's own port", () => {
    expect(policy(istio(), "allow-gateway-to-storefront").spec).toEqual({
      selector: { matchLabels: { app: "storefront" } },
      action: "ALLOW",
      rules: [
        {
          from: [
            {
              source: { principals: ["cluster.local/ns/aks-istio-ingress/sa/aks-istio-ingressgateway-external"] },
            },
          ],
          to: [{ operation: { ports: ["8080"], paths: ["/*"] } }],
        },
      ],
    });
  });

  test("allows only the listed paths, if there are any", () => {
    const component = istio({
      exposed: [{ name: "storefront", namespace: "storefront", port: 8080, paths: ["/api/*", "/"] }],
    });
    expect(policy(component, "allow-gateway-to-storefront").spec?.rules?.[0]?.to).toEqual([
      { operation: { ports: ["8080"], paths: ["/api/*", "/"] } },
    ]);
  });

  test("refuses to expose what has no sidecar, where no policy would hold", () => {
    const exposed = [{ name: "ledger", namespace: "ledger", port: 8080 }];
    expect(() => istio({ exposed })).toThrow("ledger/ledger is exposed, but its namespace is not meshed");
  });

  test("refuses to expose anything without a gateway", () => {
    const { ingress: _, ...rest } = PROPS;
    expect(() => new Istio(new App(), rest)).toThrow("has no ingress gateway");
  });
});

describe("gateway", () => {
  const gateway = () => objectOf<Gateway>(istio(), "Gateway");

  test("selects the managed gateway's pods, and lies beside them with its certificate", () => {
    expect(gateway().metadata).toEqual({ name: GATEWAY_NAME, namespace: GATEWAY_NAMESPACE });
    expect(GATEWAY_REF).toBe("aks-istio-ingress/ingress");
    expect(gateway().spec?.selector).toEqual({ istio: "aks-istio-ingressgateway-external" });
  });

  test("redirects HTTP, and ends TLS 1.2 or newer with the certificate's Secret", () => {
    expect(gateway().spec?.servers).toEqual([
      {
        port: { number: 80, name: "http", protocol: "HTTP" },
        hosts: ["*.example.com"],
        tls: { httpsRedirect: true },
      },
      {
        port: { number: 443, name: "https", protocol: "HTTPS" },
        hosts: ["*.example.com"],
        tls: { mode: "SIMPLE", credentialName: "ingress-tls", minProtocolVersion: "TLSV1_2" },
      },
    ]);
  });

  test("is not there where the cluster has no way in", () => {
    const inside = new Istio(new App(), { revision: "asm-1-30", meshedNamespaces: ["storefront"] });
    const kinds = objectsOf(inside).map((object) => object.kind);
    expect(kinds).not.toContain("Gateway");
    expect(kinds).not.toContain("HorizontalPodAutoscaler");
  });
});

describe("autoscaler floor", () => {
  const floor = (ingress: Partial<IstioProps["ingress"]> = {}) =>
    objectOf<HorizontalPodAutoscaler>(
      istio({ ingress: { domain: "example.com", credentialName: "ingress-tls", ...ingress } }),
      "HorizontalPodAutoscaler",
    );

  test("is AKS's object: merged, never pruned, its metrics left alone", () => {
    expect(floor().metadata).toEqual({
      name: "aks-istio-ingressgateway-external-asm-1-30",
      namespace: "aks-istio-ingress",
      annotations: {
        "kustomize.toolkit.fluxcd.io/prune": "disabled",
        "kustomize.toolkit.fluxcd.io/ssa": "Merge",
      },
    });
    expect(floor().spec).not.toHaveProperty("metrics");
  });

  test("holds one pod for each zone by default", () => {
    expect(floor().spec).toMatchObject({ minReplicas: 3, maxReplicas: 6 });
  });

  test("refuses a floor below the two that AKS insists on, and a ceiling below the floor", () => {
    expect(() => floor({ minReplicas: 1 })).toThrow("at least 2");
    expect(() => floor({ minReplicas: 4, maxReplicas: 3 })).toThrow("maxReplicas 3 is below its minReplicas 4");
  });
});

test("logs requests mesh-wide", () => {
  const telemetry = objectOf(istio(), "Telemetry");
  expect(telemetry.metadata.namespace).toBe("aks-istio-system");
  expect(telemetry.spec).toEqual({ accessLogging: [{ providers: [{ name: "envoy" }] }] });
});

test("waits for the namespaces it puts policies into", () => {
  expect(istio().delivery.dependsOn).toEqual(["namespaces"]);
});

describe("applications that others in the mesh call", () => {
  it("admit the callers' service accounts at their port, and nobody else", () => {
    const app = new App();
    const called = [{ name: "cart", namespace: "shop", port: 9090, callers: [{ name: "web", namespace: "front" }] }];
    const istio = new Istio(app, { revision: "asm-1-30", meshedNamespaces: ["shop"], called });
    const policy = objectsOf(istio).find((object) => object.metadata.name === "allow-callers-of-cart");
    expect(policy).toMatchObject({
      kind: "AuthorizationPolicy",
      metadata: { namespace: "shop" },
      spec: {
        selector: { matchLabels: { app: "cart" } },
        action: "ALLOW",
        rules: [
          {
            from: [{ source: { principals: ["cluster.local/ns/front/sa/web"] } }],
            to: [{ operation: { ports: ["9090"] } }],
          },
        ],
      },
    });
  });
});
