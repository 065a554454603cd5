import { App } from "cdk8s";
import { Application } from "../../../base/application";
import type { ApplicationInput } from "../../../base/application/props";
import type { NetworkPolicy } from "../../../imports/k8s";
import { objectOf } from "../../helpers/render";
import { LEDGER, STOREFRONT } from "./input";

const policy = (props: ApplicationInput) =>
  objectOf<NetworkPolicy>(new Application(new App(), props), "NetworkPolicy").spec;

test("opens the application's own port, and no other, to its namespace", () => {
  expect(policy(LEDGER)).toEqual({
    podSelector: { matchLabels: { app: "ledger" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: 9000 }] }],
  });
});

test("lets the gateway in only where there is a hostname", () => {
  expect(policy(STOREFRONT)?.ingress?.[0]?.from).toContainEqual({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "aks-istio-ingress" } },
    podSelector: { matchLabels: { istio: "aks-istio-ingressgateway-external" } },
  });
});

test("leaves what it may call to the namespace's default, unless it says so", () => {
  expect(policy(STOREFRONT)).not.toHaveProperty("egress");
  const calls = [
    { application: "ledger", port: 9000 },
    { application: "rates", namespace: "markets", port: 8080 },
    { cidr: "10.9.0.0/16", port: 5432 },
  ] as const;
  const { policyTypes, egress } = policy({ ...STOREFRONT, calls }) ?? {};
  expect(policyTypes).toEqual(["Ingress", "Egress"]);
  expect(egress).toEqual([
    {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
          podSelector: { matchLabels: { app: "ledger" } },
        },
      ],
      ports: [{ protocol: "TCP", port: 9000 }],
    },
    {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "markets" } },
          podSelector: { matchLabels: { app: "rates" } },
        },
      ],
      ports: [{ protocol: "TCP", port: 8080 }],
    },
    { to: [{ ipBlock: { cidr: "10.9.0.0/16" } }], ports: [{ protocol: "TCP", port: 5432 }] },
  ]);
});
