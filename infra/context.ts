import type * as pulumi from "@pulumi/pulumi";
import type { Cluster, Fleet } from "../clusters/fleet";
import type { Settings } from "./config";

/** What every part of the program is given. */
export interface Context {
  readonly fleet: Fleet;
  readonly settings: Settings;
}

/** Tags of what all clusters share, or of what belongs to one. */
export function tagsOf(fleet: Fleet, cluster?: Cluster): Record<string, string> {
  return { fleet: fleet.name, "managed-by": "pulumi", owner: fleet.email, scope: cluster?.name ?? "common" };
}

/** Options of what holds data: the engine refuses to delete it. */
export function holdsData(settings: Settings): pulumi.CustomResourceOptions {
  return { protect: settings.protect };
}
