import type { CorpusCase } from "./case";
import { edit, fleet, without } from "./edit";

/** Who reaches whom: mesh, gateways, networks, certificates. */
export const TRAFFIC: readonly CorpusCase[] = [
  {
    name: "rotate the mesh's revision",
    after: () =>
      fleet((f) => {
        f.meshRevision = "asm-1-29";
      }),
    expected: [
      "notice prune/object app1 mgmt",
      "warning mesh/config app1 mgmt",
      "warning mesh/revision app1",
      "warning prune/orphaned app1 mgmt",
      "warning rename/object app1 mgmt",
    ],
  },
  {
    name: "let the mesh take plain text",
    after: () =>
      edit(/peerauthentication\.storefront/, (o) => {
        o.spec.mtls.mode = "PERMISSIVE";
      }),
    expected: ["danger mesh/mtls-down app1"],
  },
  {
    name: "let everybody in the mesh call an application",
    after: () =>
      edit(/allow-gateway-to-storefront/, (o) => {
        delete o.spec.rules[0].from;
      }),
    expected: ["danger mesh/authorization-wider app1"],
  },
  {
    name: "take a namespace out of the mesh",
    after: () =>
      edit(/app1.*namespace\.storefront/, (o) => {
        delete o.metadata.labels["istio.io/rev"];
      }),
    expected: ["danger mesh/injection-off app1"],
  },
  {
    name: "serve another host",
    after: () =>
      edit(/app1.*virtualservice\.storefront/, (o) => {
        o.spec.hosts.push("admin.example.com");
      }),
    expected: ["warning exposure/host-added app1"],
  },
  {
    name: "end TLS at the gateway less strictly",
    after: () =>
      edit(/gateway\.aks-istio-ingress/, (o) => {
        o.spec.servers[0].tls.httpsRedirect = false;
      }),
    expected: ["danger exposure/tls-down app1 mgmt", "notice gateway/changed app1 mgmt"],
  },
  {
    name: "give a Service a public address",
    after: () =>
      edit(/service\.ledger/, (o) => {
        o.spec.type = "LoadBalancer";
      }),
    expected: ["danger exposure/service-public app2", "warning exposure/service-selector app2"],
  },
  {
    name: "remove the default network policy",
    after: () => without(/networkpolicy\.ledger\.default-deny/),
    expected: ["danger network/policy-removed app2", "notice prune/object app2"],
  },
  {
    name: "add a name to the certificate",
    after: () =>
      edit(/app1.*certificate\.aks-istio-ingress/, (o) => {
        o.spec.dnsNames.push("example.com");
      }),
    expected: ["warning certificate/reissued app1"],
  },
  {
    name: "issue certificates by staging",
    after: () =>
      edit(/certificate\.aks-istio-ingress/, (o) => {
        o.spec.issuerRef.name = "letsencrypt-staging";
      }),
    expected: ["danger certificate/issuer app1 mgmt", "warning certificate/reissued app1 mgmt"],
  },
];
