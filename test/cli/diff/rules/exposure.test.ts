import { object } from "../trees";
import { change, testRules } from "./cases";

const route = (hosts: readonly string[], gateways: readonly string[] = ["a/b"]) =>
  object("networking.istio.io/v1", "VirtualService", {
    spec: { hosts, gateways, http: [{ route: [{ destination: { host: "a" }, weight: 100 }] }] },
  });
const server = (patch: object = {}) => ({
  hosts: ["a.example.com"],
  port: { name: "https", number: 443, protocol: "HTTPS" },
  tls: { mode: "SIMPLE", minProtocolVersion: "TLSV1_2", credentialName: "a" },
  ...patch,
});
const gateway = (...servers: readonly object[]) =>
  object("networking.istio.io/v1", "Gateway", { spec: { selector: { istio: "a" }, servers } });
const api = (spec: object) =>
  object("gateway.networking.k8s.io/v1", "Gateway", {
    spec: { gatewayClassName: "istio", listeners: [{ name: "a", port: 443, hostname: "a.example.com" }], ...spec },
  });
const service = (spec: object, annotations: object = {}) =>
  object("v1", "Service", {
    metadata: { annotations },
    spec: { selector: { app: "a" }, ports: [{ port: 80 }], ...spec },
  });
const internal = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };

testRules("What can be reached from outside", {
  "exposure/host-added": {
    hit: [
      [route(["a"]), route(["a", "b"])],
      [undefined, route(["a"])],
      [route(["a"], ["mesh"]), route(["a"])],
      [gateway(server()), gateway(server({ hosts: ["a.example.com", "b.example.com"] }))],
    ],
    miss: [
      [route(["a", "b"]), route(["a"])],
      [undefined, route(["a"], ["mesh"])],
    ],
  },
  "exposure/host-removed": {
    hit: [
      [route(["a", "b"]), route(["a"])],
      [route(["a"]), undefined],
    ],
    miss: [[route(["a"]), route(["a", "b"])]],
  },
  "exposure/listener": {
    hit: [[gateway(server()), gateway(server(), server({ port: { name: "more", number: 8443, protocol: "HTTPS" } }))]],
    miss: [[gateway(server()), gateway(server({ hosts: ["b.example.com"] }))]],
  },
  "exposure/tls-down": {
    hit: [
      [gateway(server()), gateway(server({ tls: { mode: "PASSTHROUGH" } }))],
      [gateway(server()), gateway(server({ tls: { mode: "SIMPLE", minProtocolVersion: "TLSV1_1" } }))],
      [gateway(server()), gateway(server({ tls: undefined }))],
      [gateway(server({ tls: { httpsRedirect: true } })), gateway(server({ tls: { httpsRedirect: false } }))],
    ],
    miss: [
      [gateway(server()), gateway(server({ tls: { mode: "MUTUAL", minProtocolVersion: "TLSV1_3" } }))],
      [gateway(server({ tls: { mode: "SIMPLE", minProtocolVersion: "TLSV1_1" } })), gateway(server())],
    ],
  },
  "exposure/service-public": {
    hit: [
      [service({}), service({ type: "LoadBalancer" })],
      [undefined, service({ type: "NodePort" })],
      [service({ type: "LoadBalancer" }, internal), service({ type: "LoadBalancer" })],
      [service({}), service({ externalIPs: ["1.2.3.4"] })],
    ],
    miss: [
      [service({}), service({ type: "LoadBalancer" }, internal)],
      [service({ type: "LoadBalancer" }), service({ type: "ClusterIP" })],
    ],
  },
  "exposure/service-selector": {
    hit: [
      [service({}), service({ selector: { app: "b" } })],
      [service({}), service({ ports: [{ port: 81 }] })],
    ],
    miss: [[service({}), service({ sessionAffinity: "ClientIP" })]],
  },
  "exposure/route": {
    hit: [change(route(["a"]), { spec: { http: [{ route: [{ destination: { host: "b" }, weight: 100 }] }] } })],
    miss: [[route(["a"]), route(["a", "b"])]],
  },
  "gateway/changed": {
    hit: [[gateway(server()), gateway(server({ hosts: ["b.example.com"] }))]],
    miss: [change(gateway(server()), { metadata: { labels: { a: "b" } } })],
  },
  "gateway/restarted": {
    hit: [[api({}), api({ infrastructure: { labels: { a: "b" } } })]],
    miss: [[api({}), api({ listeners: [{ name: "a", port: 443, hostname: "b.example.com" }] })]],
  },
});
