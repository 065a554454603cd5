import type { Engine } from "../../../infra/engine/run";
import { describeEngine, engineFor, MINUTES } from "./helpers";

describeEngine("what Azure would refuse", () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await engineFor("default");
  }, MINUTES);

  afterAll(() => engine?.stop(), MINUTES);

  it(
    "stops a body that Azure's types do not allow before anything is created",
    async () => {
      const edits = [{ file: "infra/cluster/spec.ts", from: "NetworkDataplane.Cilium", to: '"cillium"' }];
      const result = await engine.run("preview", { edits });
      expect(result.ok).toBe(false);
      expect(result.errors.join("\n")).toMatch(/aks-\w+.*networkProfile\.networkDataplane.*cillium/s);
      expect(await engine.cloud()).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    "stops wrong configuration with every problem at once",
    async () => {
      await engine.configure({ "aks-fleet:adminGroupId": "somebody", "aks-fleet:budgetStart": "2026-12-15T00:00:00Z" });
      const result = await engine.run("up");
      expect(result.ok).toBe(false);
      expect(result.errors.join("\n")).toMatch(/adminGroupId.*budgetStart/s);
      expect(await engine.cloud()).toEqual([]);
    },
    3 * MINUTES,
  );
});
