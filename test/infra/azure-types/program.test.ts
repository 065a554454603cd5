import { checkResources, describeProblem } from "../../../infra/azure-types";
import { type RecordedResource, recordProgram } from "../../../infra/record";

describe.each(["default", "demo"])("preset %s", (preset) => {
  let resources: readonly RecordedResource[] = [];

  beforeAll(async () => {
    resources = await recordProgram({ preset });
  });

  test("registers resources of Azure", () => {
    expect(resources.filter(({ type }) => type.startsWith("azure-native:")).length).toBeGreaterThan(50);
  });

  test("sends nothing that Azure would refuse", () => {
    expect(checkResources(resources).map(describeProblem)).toEqual([]);
  });

  test("sends nothing that Azure would refuse in a first preview", async () => {
    const preview = await recordProgram({ preset, preview: true });
    expect(checkResources(preview).map(describeProblem)).toEqual([]);
  });
});
