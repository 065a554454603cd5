import type { ApiClient } from "../../../cli/live/client";
import type { ResourceType } from "../../../cli/live/discovery";
import type { Plane } from "../../../cli/live/plane";
import type { Live } from "../../../cli/live/up";
import { until } from "../../../cli/live/wait";
import { inventoried, keptKinds, markedByFlux, markedByHelm, type Objects, pushedObjects } from "./truth";

/** What a cluster has, before or after a fault. */
export interface Holdings {
  readonly flux: Objects;
  readonly helm: Objects;
}

/** Compares repository, inventories and server, and remembers the server between faults. */
export class Ledger {
  private constructor(
    private readonly live: Live,
    private readonly plane: Plane,
    private readonly kinds: readonly ResourceType[],
    private before: Holdings,
  ) {}

  /** Begins with what is there now. */
  static async open(live: Live, plane: Plane): Promise<Ledger> {
    // Of a kind that was installed a moment ago the server may not know everything yet.
    const kinds = await until("the kinds of the server", () => keptKinds(plane.client));
    return new Ledger(live, plane, kinds, await holdings(plane.client, kinds));
  }

  /** Number of kinds that are looked through. */
  get size(): number {
    return this.kinds.length;
  }

  /** All that is wrong, a line each; what is there becomes what is compared with next time. */
  async losses(): Promise<readonly string[]> {
    const { ids: pushed, onlyCreated } = pushedObjects(this.live.git, this.plane.name);
    const [now, listed] = await Promise.all([holdings(this.plane.client, this.kinds), inventoried(this.plane)]);
    const wrong = [
      ...absent(pushed, now.flux).map((id) => `lost: ${id} is in the repository and not on the server`),
      ...absent(now.flux.keys(), new Set(pushed)).map((id) => `orphan: ${id} is on the server, not in the repository`),
      ...absent(pushed, new Set([...listed, ...onlyCreated])).map((id) => `inventory lacks ${id}`),
      ...absent(listed, new Set(pushed)).map((id) => `inventory keeps ${id}`),
      ...absent(this.before.helm.keys(), now.helm).map((id) => `lost: ${id} of a HelmRelease`),
      ...absent(now.helm.keys(), this.before.helm).map((id) => `orphan: ${id} of a HelmRelease`),
      ...recreated(this.before.flux, now.flux),
      ...recreated(this.before.helm, now.helm),
    ];
    if (wrong.length === 0) this.before = now;
    return wrong;
  }
}

async function holdings(client: ApiClient, kinds: readonly ResourceType[]): Promise<Holdings> {
  const [flux, helm] = await Promise.all([markedByFlux(client, kinds), markedByHelm(client, kinds)]);
  return { flux, helm };
}

function absent(ids: Iterable<string>, from: { has(id: string): boolean }): readonly string[] {
  return [...ids].filter((id) => !from.has(id));
}

/** What is there under the same name and is another object: it was deleted and made anew. */
function recreated(before: Objects, now: Objects): readonly string[] {
  return [...before].flatMap(([id, uid]) => (now.has(id) && now.get(id) !== uid ? [`recreated: ${id}`] : []));
}
