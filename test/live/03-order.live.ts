import { Phases } from "../../cli/live/phases";
import { findPrograms } from "../../cli/live/programs";
import { settle } from "../../cli/live/settle";
import { stateFolder } from "../../cli/live/state";
import { bringUp, LIVE_PROGRAMS, takeDown } from "../../cli/live/up";
import { FLUX_NAMESPACE } from "../../clusters/fleet";
import { needsOf, type Placed, treeOf } from "./delivery/needs";
import { Recorder } from "./delivery/recorder";
import { measured } from "./measures";
import { FULL, place, ROOT } from "./place";
import { handed } from "./pushed";
import { planeOf, rig } from "./rig";

const shared = rig();
const names = shared.planes.map(({ name }) => name);

// A rig of its own: what the others are tested on is up already, and order shows from an empty cluster only.
describe.each(FULL ? names : names.slice(-1))("order on %s, from empty", (cluster) => {
  const state = stateFolder(`${place().path}-order`);
  let recorder: Recorder | undefined;
  let tree: readonly Placed[] = [];

  beforeAll(async () => {
    await takeDown(state);
    const phases = new Phases();
    const programs = await findPrograms(LIVE_PROGRAMS, { root: ROOT, note: () => {} });
    const live = await bringUp(state, {
      preset: "default",
      root: ROOT,
      clusters: [cluster],
      programs,
      variables: { [cluster]: await handed(planeOf(shared, cluster)) },
      phases,
      beforeRoot: async ({ planes, git }) => {
        const [plane] = planes;
        if (!plane) throw new Error(`${cluster} is not up`);
        tree = treeOf(git.clone, cluster);
        recorder = new Recorder(plane);
        const kinds = new Map(
          tree.map(({ object: { apiVersion, kind } }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]),
        );
        recorder.start([...kinds.values()]);
      },
    });
    const from = phases.elapsed;
    await settle(live, live.commit, { kyverno: programs.kyverno });
    measured("order", `${cluster}: from an empty cluster to all Ready`, phases.elapsed - from, "s");
  }, 900_000);

  afterAll(async () => {
    recorder?.stop();
    await takeDown(state);
  });

  /** When it was first applied. Throws where the record has a hole. */
  const applied = (name: string) => momentOf(recorder?.applied, name, "applied");
  /** When a component was Ready for the first time. */
  const ready = (component: string) =>
    momentOf(recorder?.ready, `${FLUX_NAMESPACE}/Kustomization/${component}`, "Ready");

  it("has a record of every object", () => {
    expect(tree.length).toBeGreaterThan(30);
    expect(tree.filter(({ name }) => !recorder?.applied.has(name)).map(({ name }) => name)).toEqual([]);
  });

  it("applies no object before the component of what it refers to is Ready", () => {
    const component = new Map(tree.map((placed) => [placed.name, placed.component]));
    const pairs = tree.flatMap((placed) =>
      needsOf(placed, tree)
        .map((need) => ({ placed, need, of: component.get(need) ?? "" }))
        .filter(({ of }) => of !== placed.component && of !== "flux-system"),
    );
    const early = pairs
      .filter(({ placed, need, of }) => applied(placed.name) <= Math.max(applied(need), ready(of)))
      .map(({ placed, need }) => `${placed.name} before ${need}`);
    expect(early).toEqual([]);
    measured("order", `${cluster}: references between components, all in order`, pairs.length, "");
    expect(pairs.length).toBeGreaterThan(10);
  });

  it("applies no component before those that it says it depends on are Ready", () => {
    const early = tree
      .filter(({ object }) => object.kind === "Kustomization")
      .flatMap(({ object }) => {
        const own = tree.filter((each) => each.component === object.metadata.name);
        const first = Math.min(...own.map(({ name }) => applied(name)));
        const { dependsOn = [] } = (object as unknown as { spec: { dependsOn?: { name: string }[] } }).spec;
        return dependsOn
          .filter(({ name }) => first <= ready(name))
          .map(({ name }) => `${object.metadata.name} before ${name}`);
      });
    expect(early).toEqual([]);
  });

  it("is Ready with a chart only once the chart is", () => {
    const releases = tree.filter(({ object }) => object.kind === "HelmRelease");
    expect(releases.length).toBeGreaterThan(0);
    const early = releases.filter(
      ({ name, component }) => ready(component) <= momentOf(recorder?.ready, name, "Ready"),
    );
    expect(early.map(({ name }) => name)).toEqual([]);
  });
});

function momentOf(moments: ReadonlyMap<string, number> | undefined, name: string, what: string): number {
  const moment = moments?.get(name);
  if (moment === undefined) throw new Error(`nobody saw ${name} ${what}`);
  return moment;
}
