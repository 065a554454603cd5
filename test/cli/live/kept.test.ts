import { fingerprint, isKept, keep, keptOf } from "../../../cli/live/kept";
import { loadPreset } from "../../../main";
import { withRig } from "./rig";

it("what is kept of a rig is there once all servers are", () =>
  withRig((state) => {
    expect(isKept(state)).toBe(false);
    expect(() => keptOf(state)).toThrow();
    const kept = { preset: "default", clusters: ["app2"], kyverno: "/bin/kyverno", made: "x" };
    keep(state, kept);
    expect(isKept(state)).toBe(true);
    expect(keptOf(state)).toEqual(kept);
  }));

it("a change that a push brings is none of what a rig is made from, and one that it does not bring is", () => {
  const fleet = loadPreset("default");
  const [first, ...others] = fleet.clusters;
  if (!first) throw new Error("a fleet has clusters");
  const same = fingerprint(fleet);
  expect(fingerprint({ ...fleet, email: "somebody@example.com" })).toBe(same);
  expect(fingerprint({ ...fleet, clusters: others })).not.toBe(same);
  expect(
    fingerprint({ ...fleet, clusters: [{ ...first, zones: ["9"] } as unknown as typeof first, ...others] }),
  ).not.toBe(same);
});
