import { pushedTree, variablesOn } from "./pushed";
import { rig } from "./rig";

describe("accepted", () => {
  const live = rig();
  for (const plane of live.planes) {
    it(`${plane.name}: the API server takes every object, strictly`, async () => {
      const objects = pushedTree(live.git.clone, plane.name, await variablesOn(plane));
      const refused: string[] = [];
      for (const { file, object } of objects) {
        await plane.client
          .apply(object, { manager: "kustomize-controller", dryRun: true })
          .catch((error: Error) => refused.push(`${file}: ${error.message}`));
      }
      expect(refused).toEqual([]);
      expect(objects.length).toBeGreaterThan(40);
    });
  }
});
