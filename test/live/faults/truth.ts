import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { KubernetesObject } from "../../../base/object";
import type { ApiClient, LiveObject } from "../../../cli/live/client";
import { type ResourceType, resourceTypes } from "../../../cli/live/discovery";
import { delivered } from "../../../cli/live/flux";
import type { GitHost } from "../../../cli/live/git";
import type { Plane } from "../../../cli/live/plane";
import { inParallel } from "../../../cli/live/together";

/** Objects as `component/namespace_name_group_kind`, the way Flux names them in inventories, with their uid. */
export type Objects = ReadonlyMap<string, string>;

const BY_FLUX = "kustomize.toolkit.fluxcd.io/name";
const APPLY = "kustomize.toolkit.fluxcd.io/ssa";
const BY_HELM = "helm.toolkit.fluxcd.io/name";

/** The controller manager makes endpoints from a Service and gives them its labels. Events are nobody's. */
const COPIES = new Set(["Endpoints", "EndpointSlice", "Event"]);

/** What the repository has for a cluster. */
export interface Pushed {
  readonly ids: readonly string[];
  /** Those that Flux only creates: it leaves them out of its inventory as soon as they are there, so that it never prunes them. */
  readonly onlyCreated: ReadonlySet<string>;
}

/** What the repository has for a cluster. */
export function pushedObjects(git: GitHost, cluster: string): Pushed {
  const folder = join(git.clone, "dist", cluster);
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => {
      const object = load(readFileSync(join(folder, file), "utf8")) as LiveObject;
      const [component = ""] = file.split("/");
      const id = `${component === "flux-system" ? "fleet-root" : component}/${idOf(object)}`;
      return { id, onlyCreated: object.metadata.annotations?.[APPLY] === "IfNotPresent" };
    });
  return {
    ids: all.map(({ id }) => id).sort(),
    onlyCreated: new Set(all.filter(({ onlyCreated }) => onlyCreated).map(({ id }) => id)),
  };
}

/** What Flux's inventories name. */
export async function inventoried(plane: Plane): Promise<readonly string[]> {
  const all = await delivered(plane);
  return all
    .flatMap(({ component, objects }) =>
      objects.map((id) => `${component === "root" ? "fleet-root" : component}/${id.slice(0, id.lastIndexOf("_"))}`),
    )
    .sort();
}

/** Every kind whose objects somebody looks after. Throws where the server cannot name them all. */
export async function keptKinds(client: ApiClient): Promise<readonly ResourceType[]> {
  return (await resourceTypes(client, { complete: true })).filter(({ kind }) => !COPIES.has(kind));
}

/** What is on the server with the mark of a Kustomization, of all these kinds. */
export function markedByFlux(client: ApiClient, kinds: readonly ResourceType[]): Promise<Objects> {
  return marked(client, kinds, BY_FLUX);
}

/** What is on the server with the mark of a HelmRelease. */
export function markedByHelm(client: ApiClient, kinds: readonly ResourceType[]): Promise<Objects> {
  return marked(client, kinds, BY_HELM);
}

async function marked(client: ApiClient, kinds: readonly ResourceType[], label: string): Promise<Objects> {
  const found = new Map<string, string>();
  await inParallel(kinds, 8, async ({ apiVersion, kind }) => {
    for (const object of await client.list(apiVersion, kind, undefined, label)) {
      found.set(`${object.metadata.labels?.[label] ?? ""}/${idOf(object)}`, object.metadata.uid ?? "");
    }
  });
  return found;
}

function idOf({ apiVersion, kind, metadata }: KubernetesObject | LiveObject): string {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
  return `${metadata.namespace ?? ""}_${metadata.name.replaceAll(":", "__")}_${group}_${kind}`;
}
