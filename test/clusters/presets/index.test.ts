import { fleet } from "../../../clusters/fleet";
import { presetNamed, presets } from "../../../clusters/presets";
import { demo } from "../../../clusters/presets/demo";

test("presets by name", () => {
  expect(presets).toEqual({ default: fleet, demo });
  expect(presetNamed("default")).toBe(fleet);
  expect(presetNamed("demo")).toBe(demo);
});

test.each(["Demo", "", "toString", "__proto__"])("%p is no preset, and those there are are told", (name) => {
  expect(() => presetNamed(name)).toThrow(`there is no preset "${name}"; clusters/presets has default, demo`);
});
