import { App } from "cdk8s";
import { Application } from "../../../base/application";
import type { ApplicationInput } from "../../../base/application/props";
import { GATEWAY_REF } from "../../../base/mesh";
import type { Deployment, Service } from "../../../imports/k8s";
import type { DestinationRule, VirtualService } from "../../../imports/networking.istio.io";
import { objectOf, objectsOf } from "../../helpers/render";
import { LEDGER, STOREFRONT } from "./input";

const component = (props: ApplicationInput) => new Application(new App(), props);
const kinds = (props: ApplicationInput) => objectsOf(component(props)).map(({ kind }) => kind);
const routes = (props: ApplicationInput) => objectOf<VirtualService>(component(props), "VirtualService").spec;

test("the Service reaches all versions, and tells the mesh that it is HTTP", () => {
  expect(objectOf<Service>(component(STOREFRONT), "Service").spec).toEqual({
    type: "ClusterIP",
    selector: { app: "storefront" },
    ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
  });
});

test("a hostname leads through the platform's gateway, by the Service's full name", () => {
  const { canary, retries, timeout, ...plain } = STOREFRONT;
  expect(routes(plain)).toEqual({
    hosts: ["shop.example.com"],
    gateways: [GATEWAY_REF],
    http: [{ route: [{ destination: { host: "storefront.shop.svc.cluster.local", port: { number: 80 } } }] }],
  });
  expect(GATEWAY_REF).toMatch(/^aks-istio-ingress\//);
});

test("without a hostname nothing leads in", () => {
  expect(kinds(LEDGER)).not.toContain("VirtualService");
  expect(kinds(LEDGER)).not.toContain("DestinationRule");
});

test.each([0, 10, 100])("a canary of %i %% and the stable version share all requests", (weight) => {
  const [http] = routes({ ...STOREFRONT, canary: { image: "a/b:1", weight } })?.http ?? [];
  expect(http?.route?.map((route) => [route.destination.subset, route.weight])).toEqual([
    ["stable", 100 - weight],
    ["canary", weight],
  ]);
});

test("subsets find the pods of their Deployment, whatever version it rolls out", () => {
  const rule = objectOf<DestinationRule>(component(STOREFRONT), "DestinationRule").spec;
  expect(rule?.host).toBe("storefront.shop.svc.cluster.local");
  expect(rule?.subsets?.map(({ name }) => name)).toEqual(["stable", "canary"]);
  for (const { name, labels } of rule?.subsets ?? []) {
    const deployment = name === "stable" ? "storefront" : "storefront-canary";
    const pods = objectOf<Deployment>(component(STOREFRONT), "Deployment", deployment).spec?.template.metadata?.labels;
    expect(pods).toMatchObject(labels ?? {});
    expect(labels).not.toHaveProperty("version");
  }
});

test("a request is tried again only when the application did not begin with it", () => {
  const [http] = routes(STOREFRONT)?.http ?? [];
  expect(http).toMatchObject({ timeout: "5s", retries: { attempts: 2, perTryTimeout: "2s" } });
  expect(http?.retries?.retryOn?.split(",")).not.toEqual(expect.arrayContaining(["5xx"]));
  expect(http?.retries?.retryOn).toContain("connect-failure");
});
