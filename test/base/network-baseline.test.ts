import { App, Chart } from "cdk8s";
import { addNetworkBaseline } from "../../base/network-baseline";
import { objectOf, objectsOf } from "../helpers/render";

function baseline(meshed: boolean): Chart {
  const chart = new Chart(new App(), "c");
  addNetworkBaseline(chart, "team", meshed);
  return chart;
}

test("denies all of every pod, both ways, by default", () => {
  expect(objectOf(baseline(false), "NetworkPolicy", "default-deny").spec).toEqual({
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
  });
});

test("lets pods resolve names at CoreDNS, by UDP and, for long answers, TCP", () => {
  expect(objectOf(baseline(false), "NetworkPolicy", "allow-dns").spec?.["egress"]).toEqual([
    {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
          podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
        },
      ],
      ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
      ],
    },
  ]);
});

test("lets sidecars reach istiod, and the managed Prometheus agent reach sidecars", () => {
  expect(objectOf(baseline(true), "NetworkPolicy", "allow-mesh").spec).toMatchObject({
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "aks-istio-system" } } }],
        ports: [{ protocol: "TCP", port: 15012 }],
      },
    ],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { rsName: "ama-metrics" } } }],
        ports: [{ protocol: "TCP", port: 15020 }],
      },
    ],
  });
});

test("opens nothing of the mesh to pods outside it", () => {
  expect(objectsOf(baseline(false)).map((object) => object.metadata.name)).toEqual(["default-deny", "allow-dns"]);
});

test("never selects by address: Cilium's CIDR rules match no pod and no node", () => {
  expect(JSON.stringify(objectsOf(baseline(true)))).not.toContain("ipBlock");
});
