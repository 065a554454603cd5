import type { Fleet } from "../../clusters/fleet";
import type { RecordedResource } from "../record/types";

/** An object as it is delivered to a cluster. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** One folder of `dist/<cluster>`. */
export interface RenderedComponent {
  readonly name: string;
  readonly objects: readonly Manifest[];
}

/** Everything that is delivered to one cluster. */
export interface RenderedCluster {
  readonly name: string;
  readonly components: readonly RenderedComponent[];
}

/** The two programs' results, side by side. */
export interface Sides {
  readonly fleet: Pick<Fleet, "keyVault">;
  /** What the infra program registers. */
  readonly resources: readonly RecordedResource[];
  /** What the charts render. */
  readonly rendered: readonly RenderedCluster[];
}
