import type { LiveObject } from "../../cli/live/client";
import { until } from "../../cli/live/wait";
import { applicationClusters, applicationOn } from "./delivery/application";
import { current, editByHand, named } from "./delivery/byhand";
import { CHART_DRIFTS, type Drift, driftsOf } from "./delivery/drifts";
import { reconciled, released } from "./delivery/kustomizations";
import { changed, content, heldObjects, nameOf, type Objects } from "./delivery/objects";
import { FULL } from "./place";
import { rig } from "./rig";

const live = rig();
const clusters = applicationClusters(live);

describe.each(FULL ? clusters : clusters.slice(-1))("drift on %s", (cluster) => {
  const app = applicationOn(live, cluster);
  const { plane, name } = app;
  let before: Objects;

  beforeAll(async () => {
    before = await heldObjects(plane);
  });

  async function undone({ object, act }: Drift, reconcile: () => Promise<unknown>): Promise<void> {
    const good = await current(plane, object);
    await act(plane);
    const drifted = await current(plane, object);
    expect(drifted && content(drifted)).not.toEqual(good && content(good));
    await reconcile();
    // A Deployment that was deleted gets its replicas back from its autoscaler, which looks every 15 s.
    const look = async () => changed(one(good), one(await current(plane, object))).length === 0;
    await until(`${object.kind} ${object.metadata.name} as it was`, look, { timeout: 60_000 });
  }

  it.each(driftsOf(app))("$object.kind $object.metadata.name: $what", (drift) =>
    undone(drift, () => reconciled(plane, drift.by)),
  );

  it.each(FULL ? CHART_DRIFTS : CHART_DRIFTS.slice(0, 2))(
    "of a chart: $object.kind $object.metadata.name: $what",
    (drift) => undone(drift, () => released(plane, drift.by)),
  );

  it("leaves alone how many replicas the autoscaler wants", async () => {
    const deployment = named("apps/v1", "Deployment", name, name);
    const { namespace } = deployment.metadata;
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}/scale`;
    const scaled = { method: "PATCH", path, contentType: "application/merge-patch+json" } as const;
    const replicas = async () => (await current(plane, deployment))?.spec?.["replicas"];
    const wanted = await replicas();
    await plane.client.send({ ...scaled, body: { spec: { replicas: 4 } } });
    await reconciled(plane, app.component);
    expect(await replicas()).toBe(4);
    await plane.client.send({ ...scaled, body: { spec: { replicas: wanted } } });
  });

  it("leaves an autoscaler to whoever took it over, and makes it again when it is gone", async () => {
    const scaler = named("autoscaling/v2", "HorizontalPodAutoscaler", name, name);
    const bounds = (await current(plane, scaler))?.spec?.["maxReplicas"];
    await editByHand(plane, scaler, { spec: { maxReplicas: 9 } });
    await reconciled(plane, app.component);
    expect((await current(plane, scaler))?.spec?.["maxReplicas"]).toBe(9);
    await plane.client.remove(scaler);
    await reconciled(plane, app.component);
    expect((await current(plane, scaler))?.spec?.["maxReplicas"]).toBe(bounds);
  });

  it("is all undone by the end", async () => {
    expect(changed(before, await heldObjects(plane))).toEqual([]);
  });
});

function one(object: LiveObject | undefined): Objects {
  return new Map(object ? [[nameOf(object), object]] : []);
}
