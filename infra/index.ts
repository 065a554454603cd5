import { loadFleet } from "../clusters/fleet";
import { presetNamed } from "../clusters/presets";
import { presetName, readSettings } from "./config";
import { platform } from "./platform";

/** The program: checks the fleet and the configuration, then creates what they describe. The engine calls it, once for each run. */
async function program(): Promise<Record<string, unknown>> {
  const fleet = loadFleet(presetNamed(presetName()));
  return platform({ fleet, settings: readSettings(fleet) });
}

export = program;
