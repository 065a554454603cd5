import { fleet } from "../fleet";
import type { Fleet } from "../model";
import { demo } from "./demo";

/** The fleets that this repository renders, by name; `default` is the one whose output is committed. */
export const presets: Readonly<Record<string, Fleet>> = { default: fleet, demo };

/** The fleet of that name. Throws if there is none. */
export function presetNamed(name: string): Fleet {
  const found = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (found) return found;
  throw new Error(
    `there is no preset ${JSON.stringify(name)}; clusters/presets has ${Object.keys(presets).join(", ")}`,
  );
}
