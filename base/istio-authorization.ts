import type { AuthorizationPolicy, PeerAuthentication } from "../imports/security.istio.io";
import type { Scope } from "./component";
import { GATEWAY_PRINCIPAL } from "./mesh";
import { add } from "./object";

/** An application that the gateway may call. */
export interface ExposedApplication {
  /** Name of the application: the value of its pods' `app` label. */
  readonly name: string;
  /** Its namespace, one of the meshed ones. */
  readonly namespace: string;
  /** Port its container listens on. */
  readonly port: number;
  /** Paths the gateway may call, each exact or with a `*` at its end. @default ["/*"], all */
  readonly paths?: readonly string[];
}

/** An application that others in the mesh call. */
export interface CalledApplication {
  /** Name of the application: the value of its pods' `app` label. */
  readonly name: string;
  /** Its namespace, one of the meshed ones. */
  readonly namespace: string;
  /** Port its container listens on. */
  readonly port: number;
  /** Service accounts of the callers, by namespace and name. */
  readonly callers: readonly { readonly namespace: string; readonly name: string }[];
}

/** Refuses plain text between pods of a namespace; in the mesh's root namespace, of all of them. */
export function addStrictMtls(scope: Scope, namespace: string): void {
  add<PeerAuthentication>(scope, {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "default", namespace },
    spec: { mtls: { mode: "STRICT" } },
  });
}

/** An ALLOW policy without rules matches nothing, so what no other policy allows is refused. Source: istio.io, authorization policy. */
export function addDenyByDefault(scope: Scope, namespace: string): void {
  add<AuthorizationPolicy>(scope, {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "allow-nothing", namespace },
    spec: {},
  });
}

/** Lets the gateway's service account reach an application at its port and paths. */
export function addAllowFromGateway(scope: Scope, application: ExposedApplication): void {
  const { name, namespace, port, paths = ["/*"] } = application;
  add<AuthorizationPolicy>(scope, {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `allow-gateway-to-${name}`, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      action: "ALLOW",
      rules: [
        {
          from: [{ source: { principals: [GATEWAY_PRINCIPAL] } }],
          to: [{ operation: { ports: [String(port)], paths } }],
        },
      ],
    },
  });
}

/** The principal of a caller is its service account; trust domain and form are Istio's. Source: istio.io, authorization policy, `principals`. */
export function addAllowFromCallers(scope: Scope, { name, namespace, port, callers }: CalledApplication): void {
  const principals = callers.map((caller) => `cluster.local/ns/${caller.namespace}/sa/${caller.name}`).sort();
  add<AuthorizationPolicy>(scope, {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `allow-callers-of-${name}`, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      action: "ALLOW",
      rules: [{ from: [{ source: { principals } }], to: [{ operation: { ports: [String(port)] } }] }],
    },
  });
}
