import { CHANGES, type ChangeName, inState } from "../../../cli/bench/change";
import { syntheticFleet } from "../../../cli/bench/fleet";
import { type RenderedCluster, renderFleet } from "../../../main";
import { type AnyObject, compare, type Tree } from "../diff/trees";

const { fleet, overlayOf } = syntheticFleet(3);
const clusters = [...renderFleet(fleet, overlayOf)];
const objects = clusters.flatMap(({ components }) => components.flatMap((component) => component.objects)).length;

function treeIn(state: string): Tree {
  const placed = (cluster: RenderedCluster) =>
    inState(cluster, state).components.map(
      ({ name, objects: own }) => [`${cluster.name}/${name}`, own as readonly AnyObject[]] as const,
    );
  return Object.fromEntries(clusters.flatMap(placed));
}

function compared(change: ChangeName) {
  return compare(treeIn(`${change}.before`), treeIn(`${change}.after`));
}

test("a release is a chart's version and an application's image, and nothing else", async () => {
  const { changes, versions, images } = await compared("release");
  expect(changes.map(({ object }) => `${object.kind} ${object.name}`).sort()).toEqual([
    "Deployment storefront",
    "OCIRepository kyverno",
  ]);
  expect(versions).toMatchObject([{ name: "kyverno", after: "3.9.1" }]);
  expect(images).toMatchObject([{ container: "storefront", after: expect.stringMatching(/-next$/) }]);
});

test("every object differs, alike where clusters are alike", async () => {
  const { summary } = await compared("every");
  expect(summary.objects.changed).toBe(objects);
  expect(summary.changes).toBeLessThan(objects);
});

test("every object differs on every cluster otherwise", async () => {
  const { summary } = await compared("distinct");
  expect(summary).toMatchObject({ changes: objects, objects: { changed: objects } });
});

test("states without a change are what is rendered", () => {
  for (const name of Object.keys(CHANGES).filter((change) => change !== "distinct"))
    for (const cluster of clusters) expect(inState(cluster, `${name}.before`)).toEqual(cluster);
});

test("a state that there is not is refused", () => {
  const [cluster] = clusters;
  expect(() => cluster && inState(cluster, "release.later")).toThrow(
    "there is no state release.later; there are release.before, release.after, every.before",
  );
});
