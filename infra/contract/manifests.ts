import { type Account, accountsOf, type Pods, podsOf } from "./accounts";
import type { Manifest, RenderedCluster } from "./types";
import { listAt, textAt, textsIn } from "./values";

/** Something in the manifests, and where it stands. */
export interface Placed<T> {
  readonly value: T;
  /** For example `dist/app1/kiali, VirtualService kiali/kiali`. */
  readonly place: string;
}

/** A secret in Key Vault that manifests read. */
export interface SecretRead {
  readonly secret: string;
  readonly vault?: string;
  /** Client id, or the reference to the variable that holds it, by which it is read. */
  readonly clientId?: string;
}

/** A folder that Flux applies. */
export interface Applied {
  readonly path: string;
  /** Name of the source that it is taken from. */
  readonly source: string;
  readonly namespace: string;
}

/** What the manifests of one cluster take for granted of Azure. */
export interface ClusterManifests {
  readonly name: string;
  /** Folders of `dist/<cluster>`. */
  readonly folders: readonly string[];
  readonly accounts: readonly Placed<Account>[];
  readonly pods: readonly Placed<Pods>[];
  /** Variables that Flux puts values for. */
  readonly variables: readonly Placed<string>[];
  /** Mesh revisions. */
  readonly revisions: readonly Placed<string>[];
  /** Names that the internet asks for. */
  readonly hostnames: readonly Placed<string>[];
  readonly secrets: readonly Placed<SecretRead>[];
  /** What Flux applies. */
  readonly applied: readonly Placed<Applied>[];
}

const REFERENCE = /(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const REVISION = /(?<![a-z0-9])asm-\d+-\d+(?!\d)/g;

/** Reads what a cluster's manifests take for granted of Azure. */
export function readManifests({ name, components }: RenderedCluster): ClusterManifests {
  const placed = components.flatMap((component) =>
    component.objects.map((object) => ({
      object,
      place: placeOf(name, component.name, object),
      component: component.name,
    })),
  );
  const each = <T>(read: (object: Manifest) => readonly T[]): readonly Placed<T>[] =>
    placed.flatMap(({ object, place }) => read(object).map((value) => ({ value, place })));
  return {
    name,
    folders: components.map((component) => `./dist/${name}/${component.name}`),
    accounts: each(accountsOf),
    pods: each(podsOf),
    // The root hands the variables down in a ConfigMap; what matters is who reads them.
    variables: placed
      .filter(({ component }) => component !== "flux-system")
      .flatMap(({ object, place }) => matches(object, REFERENCE).map((value) => ({ value, place }))),
    revisions: each((object) => matches(object, REVISION)),
    hostnames: each(hostnamesOf),
    secrets: each(secretsOf),
    applied: each(appliedBy),
  };
}

function placeOf(cluster: string, component: string, { kind, metadata: { name, namespace } }: Manifest): string {
  return `dist/${cluster}/${component}, ${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

function matches(object: Manifest, pattern: RegExp): readonly string[] {
  const found = [...textsIn(object)].flatMap((text) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]),
  );
  return [...new Set(found)];
}

function appliedBy(object: Manifest): readonly Applied[] {
  if (object.kind !== "Kustomization") return [];
  const path = textAt(object, "spec", "path") ?? "";
  const source = textAt(object, "spec", "sourceRef", "name") ?? "";
  return [{ path, source, namespace: object.metadata.namespace ?? "default" }];
}

function hostnamesOf(object: Manifest): readonly string[] {
  const hosts = {
    VirtualService: () => listAt(object, "spec", "hosts"),
    Gateway: () => listAt(object, "spec", "servers").flatMap((server) => listAt(server, "hosts")),
    Certificate: () => listAt(object, "spec", "dnsNames"),
    ClusterIssuer: () =>
      listAt(object, "spec", "acme", "solvers").map((solver) => textAt(solver, "dns01", "azureDNS", "hostedZoneName")),
  }[object.kind];
  return (hosts?.() ?? [])
    .filter((host): host is string => typeof host === "string")
    .map((host) => host.replace(/^.*\//, ""))
    .filter((host) => host.includes(".") && !/\.svc(\.cluster\.local)?$/.test(host));
}

function secretsOf(object: Manifest): readonly SecretRead[] {
  if (object.kind === "ExternalSecret") {
    return listAt(object, "spec", "data").flatMap((entry) => {
      const secret = textAt(entry, "remoteRef", "key");
      return secret ? [{ secret }] : [];
    });
  }
  if (object.kind !== "SecretProviderClass" || textAt(object, "spec", "provider") !== "azure") return [];
  const parameters = ["spec", "parameters"] as const;
  // `objects` is YAML in a string, as the provider wants it.
  const names = [...(textAt(object, ...parameters, "objects") ?? "").matchAll(/objectName:\s*["']?([^"'\s]+)/g)];
  return names.map(([, secret]) => ({
    secret: secret ?? "",
    vault: textAt(object, ...parameters, "keyvaultName"),
    clientId: textAt(object, ...parameters, "clientID"),
  }));
}
