import { object } from "../trees";
import { change, testRules } from "./cases";

const certificate = object("cert-manager.io/v1", "Certificate", {
  spec: {
    dnsNames: ["a.example.com", "b.example.com"],
    secretName: "tls",
    issuerRef: { kind: "ClusterIssuer", name: "production" },
    privateKey: { algorithm: "ECDSA", rotationPolicy: "Always" },
    renewBeforePercentage: 33,
  },
});
const issuer = object(
  "cert-manager.io/v1",
  "ClusterIssuer",
  { spec: { acme: { email: "a@example.com" } } },
  "it",
  null,
);
const spec = (patch: object) => change(certificate, { spec: patch });

testRules("Certificates and who issues them", {
  "certificate/reissued": {
    hit: [
      spec({ dnsNames: ["a.example.com", "b.example.com", "c.example.com"] }),
      spec({ privateKey: { algorithm: "RSA" } }),
      spec({ secretName: "other" }),
      spec({ issuerRef: { name: "staging" } }),
    ],
    miss: [
      spec({ renewBeforePercentage: 50 }),
      spec({ privateKey: { rotationPolicy: "Never" } }),
      [undefined, certificate],
    ],
  },
  "certificate/name-removed": {
    hit: [spec({ dnsNames: ["a.example.com"] })],
    miss: [spec({ dnsNames: ["*.example.com"] })],
  },
  "certificate/secret-renamed": { hit: [spec({ secretName: "other" })], miss: [spec({ dnsNames: ["a.example.com"] })] },
  "certificate/issuer": {
    hit: [spec({ issuerRef: { name: "staging" } })],
    miss: [spec({ issuerRef: { group: "cert-manager.io" } })],
  },
  "certificate/issuer-changed": {
    hit: [change(issuer, { spec: { acme: { email: "b@example.com" } } })],
    miss: [change(issuer, { metadata: { labels: { a: "b" } } })],
  },
});
