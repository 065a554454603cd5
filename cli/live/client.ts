import type { KubernetesObject } from "../../base/object";
import { type Access, ApiError, type Call, errorOf, MANAGER, Transport } from "./transport";
import { type WatchEvent, WatchReader } from "./watch";

export { type Access, ApiError } from "./transport";
export type { WatchEvent } from "./watch";

/** An object as the server has it. */
export interface LiveObject extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
}

/** What a controller says of an object. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

/** One condition of an object's status; undefined where nobody has said anything of it. */
export function conditionOf(object: LiveObject | undefined, type: string): Condition | undefined {
  const conditions = (object?.status?.["conditions"] ?? []) as readonly Condition[];
  return conditions.find((each) => each.type === type);
}

/** How an object is applied. */
export interface ApplyOptions {
  /** @default `aks-fleet-live` */
  readonly manager?: string;
  /** Only ask. @default false */
  readonly dryRun?: boolean;
  /** Take fields over from other managers. @default true */
  readonly force?: boolean;
  /** Learns what the server warns of. @default nobody does */
  readonly onWarning?: (text: string) => void;
}

interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

/**
 * A client for one API server. Not the official one: that cannot ask for strict field validation of an applied object, and takes as long
 * to load as a small cluster takes to start.
 */
export class ApiClient {
  private readonly transport: Transport;
  private readonly resources = new Map<string, Resource>();

  constructor(readonly access: Access) {
    this.transport = new Transport(access);
  }

  /** Sends a request; resolves with the parsed answer. Throws {@link ApiError} when it is refused. */
  async send<T = LiveObject>(call: Call): Promise<T> {
    const { status, text } = await this.transport.exchange(call);
    if (status < 300) return (/^[[{]/.test(text) ? JSON.parse(text) : text) as T;
    throw errorOf(status, text, call);
  }

  /** Whether the server says that it is ready. */
  async isReady(): Promise<boolean> {
    try {
      return (await this.transport.exchange({ method: "GET", path: "/readyz", timeout: 2000 })).status === 200;
    } catch {
      return false;
    }
  }

  /** Server-side apply with strict field validation: what the server would drop silently is refused. */
  async apply(object: KubernetesObject, { manager = MANAGER, dryRun, force = true, onWarning }: ApplyOptions = {}) {
    const query = new URLSearchParams({ fieldManager: manager, fieldValidation: "Strict", force: String(force) });
    if (dryRun) query.set("dryRun", "All");
    return this.send({
      method: "PATCH",
      path: `${await this.pathOf(object)}?${query}`,
      body: object,
      contentType: "application/apply-patch+yaml",
      ...(onWarning && { onWarning }),
    });
  }

  /** Creates an object as `as`, or as the administrator. */
  async create(object: KubernetesObject, { dryRun, as }: { dryRun?: boolean; as?: string } = {}): Promise<LiveObject> {
    const path = await this.collectionOf(object.apiVersion, object.kind, object.metadata.namespace);
    const query = `fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    return this.send({ method: "POST", path: `${path}?${query}`, body: object, ...(as && { as }) });
  }

  /** The object, or undefined where there is none. */
  async get(apiVersion: string, kind: string, name: string, namespace?: string): Promise<LiveObject | undefined> {
    try {
      return await this.send({
        method: "GET",
        path: await this.pathOf({ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } }),
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, in one namespace or in all. */
  async list(apiVersion: string, kind: string, namespace?: string, selector?: string): Promise<readonly LiveObject[]> {
    const path = await this.collectionOf(apiVersion, kind, namespace);
    const query = selector ? `?labelSelector=${encodeURIComponent(selector)}` : "";
    const { items } = await this.send<{ items: LiveObject[] }>({ method: "GET", path: path + query });
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Changes an object by a JSON merge patch; of its status when `subresource` is `status`. */
  async merge(object: KubernetesObject, patch: unknown, subresource?: string): Promise<LiveObject> {
    return this.send({
      method: "PATCH",
      path: (await this.pathOf(object)) + (subresource ? `/${subresource}` : ""),
      body: patch,
      contentType: "application/merge-patch+json",
    });
  }

  /** Deletes an object; one that is gone is fine. */
  async remove(object: KubernetesObject, graceSeconds?: number): Promise<void> {
    const query = graceSeconds === undefined ? "" : `?gracePeriodSeconds=${graceSeconds}`;
    try {
      await this.send({ method: "DELETE", path: (await this.pathOf(object)) + query });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }

  /** Calls `on` for each change of a kind until `signal` aborts; ends early when the server closes the stream. */
  async watch(
    apiVersion: string,
    kind: string,
    on: (event: WatchEvent) => void,
    { signal, resourceVersion }: { readonly signal: AbortSignal; readonly resourceVersion?: string },
  ): Promise<void> {
    const query = new URLSearchParams({ watch: "1", ...(resourceVersion && { resourceVersion }) });
    const path = `${await this.collectionOf(apiVersion, kind)}?${query}`;
    const reader = new WatchReader(on);
    await this.transport.stream(path, (chunk) => reader.take(chunk), signal);
  }

  /** Forgets connections. */
  close(): void {
    this.transport.close();
  }

  /** Address of an object on the server. */
  async pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
    return `${await this.collectionOf(apiVersion, kind, metadata.namespace)}/${encodeURIComponent(metadata.name)}`;
  }

  private async collectionOf(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const { name, namespaced } = await this.resourceOf(apiVersion, kind);
    const scope = namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : "";
    return `${groupPath(apiVersion)}${scope}/${name}`;
  }

  private async resourceOf(apiVersion: string, kind: string): Promise<Resource> {
    const key = `${apiVersion}/${kind}`;
    const known = this.resources.get(key);
    if (known) return known;
    const { resources } = await this.send<{ resources: { name: string; kind: string; namespaced: boolean }[] }>({
      method: "GET",
      path: groupPath(apiVersion),
    });
    for (const { name, kind: each, namespaced } of resources) {
      if (!name.includes("/")) this.resources.set(`${apiVersion}/${each}`, { name, namespaced });
    }
    const found = this.resources.get(key);
    if (!found) throw new ApiError(404, "NotFound", `the server knows no ${kind} in ${apiVersion}`);
    return found;
  }
}

/** Address of a group's version on the server. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
