import { syntheticFleet } from "../../../cli/bench/fleet";
import { checkFleet } from "../../../clusters/fleet";
import { renderFleet } from "../../../main";

describe("syntheticFleet", () => {
  it.each([1, 2, 3, 100, 1000])("of %d clusters can be", (size) => {
    const { fleet } = syntheticFleet(size);
    expect(fleet.clusters).toHaveLength(size);
    expect(checkFleet(fleet)).toEqual([]);
  });

  it("renders", () => {
    const { fleet, overlayOf } = syntheticFleet(7);
    const clusters = [...renderFleet(fleet, overlayOf)];
    expect(clusters.map(({ name }) => name)).toEqual(fleet.clusters.map(({ name }) => name));
    const objects = clusters.map(({ components }) => components.flatMap((component) => component.objects).length);
    // Every third cluster has the same model.
    expect(objects.slice(3, 6)).toEqual(objects.slice(0, 3));
  });

  it.each([0, -1, 1.5, Number.NaN, 4097])("refuses %d clusters", (size) => {
    expect(() => syntheticFleet(size)).toThrow("give a number from 1 to 4096");
  });
});
