import type { Fleet } from "./types";

/** Types a fleet's data, so that a misspelt cluster, component or version does not compile. Checks nothing: `loadFleet` does. */
export function defineFleet<const Name extends string>(fleet: Fleet<Name>): Fleet<Name> {
  return fleet;
}
