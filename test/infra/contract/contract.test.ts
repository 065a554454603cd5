import { overlayOf } from "../../../clusters/overlays";
import { disagreements, type Sides } from "../../../infra/contract";
import { renderCluster } from "../../../main";
import { PRESETS, provisioned } from "../helpers";
import { MUTATIONS } from "./mutations";

/** Both programs' results for a preset. */
async function sidesOf(preset: string): Promise<Sides> {
  const { fleet, resources } = await provisioned(preset);
  return { fleet, resources, rendered: fleet.clusters.map(({ name }) => renderCluster(fleet, name, overlayOf(name))) };
}

describe.each(PRESETS)("the %s fleet", (preset) => {
  let sides: Sides;
  beforeAll(async () => {
    sides = await sidesOf(preset);
  });

  test("what is delivered fits what is provisioned", () => {
    expect(disagreements(sides)).toEqual([]);
  });

  test.each(MUTATIONS)(
    "$what is found by the check of $check, which names both places",
    ({ check, change, places }) => {
      const sentences = disagreements(change(sides))
        .filter((each) => each.check === check)
        .map(({ sentence }) => sentence);
      expect(sentences.filter((sentence) => places.every((place) => sentence.includes(place)))).not.toEqual([]);
    },
  );
});
