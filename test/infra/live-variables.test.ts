import { variablesIn } from "../../cli/live/variables";
import { variablesOf } from "../../clusters/fleet";
import { presets } from "../../clusters/presets";
import { recorded } from "../../infra/record";
import { loadPreset } from "../../main";

it.each(Object.keys(presets))(
  "every cluster of the fleet %s gets exactly the variables that its objects mention",
  async (preset) => {
    const fleet = loadPreset(preset);
    const { resources } = await recorded({ preset });
    const variables = variablesIn(resources as Parameters<typeof variablesIn>[0]);
    const expected = fleet.clusters.map(({ name }) => [name, [...variablesOf(fleet, name)].sort()]);
    expect(Object.entries(variables).map(([name, values]) => [name, Object.keys(values).sort()])).toEqual(
      expect.arrayContaining(expected),
    );
    expect(Object.keys(variables)).toHaveLength(expected.length);
    for (const value of Object.values(variables).flatMap((values) => Object.values(values)))
      expect(value).toMatch(/\S/);
  },
);
