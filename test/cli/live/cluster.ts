import type { ServerResponse } from "node:http";
import { ApiClient } from "../../../cli/live/client";
import { type Request, refusal, withApiServer } from "./api-server";

/** An object as the small cluster keeps it. */
export interface Stored {
  readonly kind: string;
  readonly metadata: {
    readonly uid: string;
    readonly name: string;
    readonly namespace?: string;
    readonly managedFields?: readonly { readonly manager: string }[];
    readonly ownerReferences?: readonly { readonly uid: string }[];
    readonly labels?: Readonly<Record<string, string>>;
    finalizers?: readonly string[] | undefined;
    deletionTimestamp?: string;
  };
  readonly involvedObject?: object;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** What an object has beside kind and name. */
export interface More {
  readonly by?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly about?: object;
  readonly node?: string;
}

/** An object, by default of nobody's making; its uid is its name. */
export function stored(
  kind: string,
  name: string,
  { by, namespace, owner, about, node, uid, ...more }: More = {},
): Stored {
  return {
    kind,
    metadata: {
      uid: uid ?? `${kind} ${namespace ?? ""}/${name}`,
      name,
      ...(namespace && { namespace }),
      ...(by && { managedFields: [{ manager: by }] }),
      ...(owner && { ownerReferences: [{ uid: owner }] }),
      ...more,
    },
    ...(about && { involvedObject: about }),
    ...(node && { spec: { nodeName: node } }),
  };
}

/** Plurals and kinds that the small cluster serves, by group and version; what has a star is of the cluster. */
const SERVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/api/v1": { namespaces: "Namespace*", configmaps: "ConfigMap", pods: "Pod", nodes: "Node*", events: "Event" },
  "/apis/apps/v1": { deployments: "Deployment" },
  "/apis/apiextensions.k8s.io/v1": { customresourcedefinitions: "CustomResourceDefinition*" },
  "/apis/apiregistration.k8s.io/v1": { apiservices: "APIService*" },
  "/apis/admissionregistration.k8s.io/v1": { validatingwebhookconfigurations: "ValidatingWebhookConfiguration*" },
  "/apis/kustomize.toolkit.fluxcd.io/v1": { kustomizations: "Kustomization" },
};

/** A cluster with the little life in it that the removal of traces counts on. */
export class SmallCluster {
  /** Deletions and changes that were asked for, in their order. */
  readonly acts: string[] = [];
  /** Name of an object that is refused to be deleted, and why. */
  refuses?: { readonly name: string; readonly why: string };

  constructor(public objects: readonly Stored[]) {}

  /** Uids of all objects. */
  get uids(): readonly string[] {
    return this.objects.map(({ metadata }) => metadata.uid).sort();
  }

  /** Serves it, and works with a client of it. */
  with<T>(work: (client: ApiClient) => Promise<T>): Promise<T> {
    return withApiServer(
      (request, response) => this.answer(request, response),
      async (access) => {
        const client = new ApiClient(access);
        return work(client).finally(() => client.close());
      },
      false,
      kinds(),
    );
  }

  private answer({ method, url, body }: Request, response: ServerResponse): unknown {
    const path = new URL(url, "https://x").pathname;
    const base = Object.keys(SERVED).find((each) => path.startsWith(`${each}/`));
    const rest = path.slice((base ?? "").length + 1).split("/");
    if (path === "/version") return { major: "1", minor: "35+" };
    if (!base) return undefined;
    // Of `namespaces/NAME/PLURAL/NAME` the last two, of `namespaces/NAME` both.
    const namespace = rest.length > 2 ? rest[1] : undefined;
    const [plural = "", name] = rest.length > 2 ? rest.slice(2) : rest;
    const kind = SERVED[base]?.[plural]?.replace("*", "");
    const found = this.objects.filter(
      (each) => each.kind === kind && (namespace === undefined || each.metadata.namespace === namespace),
    );
    if (name === undefined) return { items: found };
    const object = found.find(({ metadata }) => metadata.name === name);
    if (!object || method === "GET") return object;
    const asked = JSON.parse(body) as {
      readonly metadata?: { readonly uid: string };
      readonly preconditions?: { readonly uid: string };
      readonly gracePeriodSeconds?: number;
    };
    this.acts.push(`${method} ${kind} ${name}${asked.gracePeriodSeconds === 0 ? " at once" : ""}`);
    const isOther = (asked.preconditions ?? asked.metadata)?.uid !== object.metadata.uid;
    if (isOther) return void response.writeHead(409).end(refusal("Conflict", "another uid"));
    if (this.refuses?.name === name) return void response.writeHead(403).end(refusal("Forbidden", this.refuses.why));
    if (method === "PATCH") object.metadata.finalizers = undefined;
    else object.metadata.deletionTimestamp = "now";
    this.collect();
    return object;
  }

  /** Ends what nothing holds: what has no finalizer, and namespaces that are empty. */
  private collect(): void {
    const ending = new Set(
      this.objects
        .filter(({ kind, metadata }) => kind === "Namespace" && metadata.deletionTimestamp)
        .map(({ metadata }) => metadata.name),
    );
    // Only the kubelet of a real node ends a pod that nobody ends by force.
    const isHeld = ({ kind, metadata, spec }: Stored) =>
      metadata.finalizers !== undefined ||
      (kind === "Pod" && spec?.["nodeName"] !== "real" && !metadata.deletionTimestamp);
    const isEnding = ({ metadata }: Stored) => metadata.deletionTimestamp || ending.has(metadata.namespace ?? "");
    const stay = this.objects.filter((each) => each.kind === "Namespace" || !isEnding(each) || isHeld(each));
    const full = new Set(stay.map(({ metadata }) => metadata.namespace));
    this.objects = stay.filter(
      ({ kind, metadata }) => kind !== "Namespace" || !metadata.deletionTimestamp || full.has(metadata.name),
    );
  }
}

function kinds(): Readonly<Record<string, unknown>> {
  const groups = Object.keys(SERVED).filter((path) => path.startsWith("/apis/"));
  const lists = Object.entries(SERVED).map(([path, resources]) => {
    const all = Object.entries(resources).map(([name, kind]) => ({
      name,
      kind: kind.replace("*", ""),
      namespaced: !kind.endsWith("*"),
      verbs: ["create", "delete", "get", "list"],
    }));
    return [path, { resources: [...all, { name: "x/status", kind: "X", namespaced: true, verbs: ["get"] }] }] as const;
  });
  const versions = groups.map((path) => path.slice("/apis/".length));
  return {
    ...Object.fromEntries(lists),
    "/apis": {
      groups: versions.map((groupVersion) => ({ name: groupVersion.split("/")[0], versions: [{ groupVersion }] })),
    },
  };
}
