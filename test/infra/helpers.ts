import type { Fleet } from "../../clusters/fleet";
import { loadFleet } from "../../clusters/model/load";
import { presetNamed, presets } from "../../clusters/presets";
import { type RecordedResource, type Recording, recorded } from "../../infra/record";

/** Every preset that must work. */
export const PRESETS = Object.keys(presets);

/** A preset's fleet and what the program registers for it. */
export interface Provisioned {
  readonly fleet: Fleet;
  readonly recording: Recording;
  readonly resources: readonly RecordedResource[];
}

/** Records a preset, or takes the recording from the cache. */
export async function provisioned(preset: string, preview = false): Promise<Provisioned> {
  const recording = await recorded({ preset, preview });
  return { fleet: loadFleet(presetNamed(preset)), recording, resources: recording.resources };
}

/** The resources of a type, by its last two parts, for example `network:VirtualNetwork`. */
export function ofType(resources: readonly RecordedResource[], type: string): readonly RecordedResource[] {
  return resources.filter((resource) => resource.type === `azure-native:${type}`);
}

/** The one resource of that type and name. */
export function one(resources: readonly RecordedResource[], type: string, name: string): RecordedResource {
  const [found, ...more] = ofType(resources, type).filter((resource) => resource.name === name);
  if (!found || more.length > 0) {
    throw new Error(
      `${more.length > 0 ? "more than one" : "no"} ${type} named ${name}; there are ${ofType(resources, type).map((r) => r.name)}`,
    );
  }
  return found;
}
