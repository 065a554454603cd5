import { takeDown } from "../../cli/live/up";
import { printMeasures } from "./measures";
import { place } from "./place";

/** Takes the rig down, unless it was there before, and prints what was measured. */
export default async function teardown(): Promise<void> {
  try {
    printMeasures();
  } finally {
    if (!process.env["LIVE_STATE"]) await takeDown(place());
  }
}
