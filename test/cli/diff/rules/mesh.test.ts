import { type AnyObject, object, patched } from "../trees";
import { change, DEPLOYMENT, testRules } from "./cases";

const mtls = (mode: string | undefined) =>
  object("security.istio.io/v1", "PeerAuthentication", { spec: mode ? { mtls: { mode } } : {} });
const rule = (mode: string) =>
  object("networking.istio.io/v1", "DestinationRule", { spec: { host: "a", trafficPolicy: { tls: { mode } } } });
const from = (...principals: string[]) => ({
  from: [{ source: { principals } }],
  to: [{ operation: { ports: ["8080"] } }],
});
const allow = (...rules: readonly object[]) =>
  object("security.istio.io/v1", "AuthorizationPolicy", { spec: { action: "ALLOW", rules } });
const deny = (...rules: readonly object[]) =>
  object("security.istio.io/v1", "AuthorizationPolicy", { spec: { action: "DENY", rules } });
const nothing = object("security.istio.io/v1", "AuthorizationPolicy", { spec: {} });
const blocks = (...ipBlocks: string[]) => allow({ from: [{ source: { ipBlocks } }] });
const namespace = (labels: Record<string, string>) => object("v1", "Namespace", { metadata: { labels } }, "team", null);
const config = object(
  "v1",
  "ConfigMap",
  { data: { mesh: "a: 1\n" } },
  "istio-shared-configmap-asm-1-30",
  "aks-istio-system",
);
const label = (labels: object): readonly [AnyObject, AnyObject] => {
  const before = patched(DEPLOYMENT, { spec: { template: { metadata: { labels: { "istio.io/rev": "asm-1-30" } } } } });
  return [before, patched(before, { spec: { template: { metadata: { labels } } } })];
};

testRules("What the mesh encrypts and lets through", {
  "mesh/mtls-down": {
    hit: [
      [mtls("STRICT"), mtls("PERMISSIVE")],
      [mtls("PERMISSIVE"), mtls("DISABLE")],
      [mtls("STRICT"), undefined],
      change(mtls("STRICT"), { spec: { portLevelMtls: { 8080: { mode: "DISABLE" } } } }),
      [rule("ISTIO_MUTUAL"), rule("DISABLE")],
    ],
    miss: [
      [mtls("PERMISSIVE"), mtls("STRICT")],
      [mtls("PERMISSIVE"), undefined],
      [undefined, mtls("STRICT")],
      [rule("DISABLE"), rule("ISTIO_MUTUAL")],
    ],
  },
  "mesh/injection-off": {
    hit: [
      [namespace({ "istio.io/rev": "asm-1-30" }), namespace({})],
      label({ "istio.io/rev": undefined }),
      label({ "sidecar.istio.io/inject": "false" }),
    ],
    miss: [[namespace({}), namespace({ "istio.io/rev": "asm-1-30" })], label({ "sidecar.istio.io/inject": "true" })],
  },
  "mesh/revision": {
    hit: [[namespace({ "istio.io/rev": "asm-1-30" }), namespace({ "istio.io/rev": "asm-1-31" })]],
    miss: [[namespace({}), namespace({ "istio.io/rev": "asm-1-30" })]],
  },
  "mesh/authorization-wider": {
    hit: [
      [nothing, undefined],
      [deny(from("a")), undefined],
      [allow(from("a")), allow(from("a", "b"))],
      [allow(from("a")), allow(from("a"), from("b"))],
      [allow(from("a")), allow({ to: [{ operation: { ports: ["8080"] } }] })],
      [deny(from("a", "b")), deny(from("a"))],
      [deny(from("a")), allow(from("a"))],
      [blocks("10.0.0.0/16"), blocks("10.0.0.0/8")],
      [undefined, allow(from("a"))],
    ],
    miss: [
      [undefined, nothing],
      [allow(from("a", "b")), allow(from("a"))],
      [allow(from("a")), allow({ ...from("a"), when: [{ key: "request.headers[a]", values: ["b"] }] })],
      [deny(from("a")), deny(from("a", "b"))],
      [blocks("10.0.0.0/8"), blocks("10.0.0.0/16")],
    ],
  },
  "mesh/authorization-stricter": {
    hit: [
      [undefined, nothing],
      [allow(from("a", "b")), allow(from("a"))],
    ],
    miss: [[allow(from("a")), allow(from("a", "b"))]],
  },
  "mesh/config": {
    hit: [change(config, { data: { mesh: "a: 2\n" } })],
    miss: [change(patched(config, { metadata: { name: "other" } }), { data: { mesh: "a: 2\n" } })],
  },
});
