import { until } from "../../cli/live/wait";
import { applicationClusters, applicationOn } from "./delivery/application";
import { badCommits, TELLING } from "./delivery/bad-commits";
import { exchanged, patched } from "./delivery/edit";
import { refusal, stateOf } from "./delivery/kustomizations";
import { changed, heldObjects, type Objects, readyPods, touched } from "./delivery/objects";
import { measured } from "./measures";
import { FULL } from "./place";
import { arrived, change, revert, rig } from "./rig";

const live = rig();
const clusters = applicationClusters(live);
/** A component that no other depends on and that depends on nothing the bad commits touch. */
const BYSTANDER = "priority-classes";
const CLIENT = "azure.workload.identity/client-id";

describe.each(FULL ? clusters : clusters.slice(-1))("a bad commit on %s", (cluster) => {
  const app = applicationOn(live, cluster);
  const { plane, name, component } = app;
  const bystander = `dist/${cluster}/${BYSTANDER}/priorityclass.platform.yaml`;
  const planes = [plane];
  let before: Objects;
  let pods: readonly string[];
  let commit: string | undefined;

  beforeEach(async () => {
    before = await heldObjects(plane);
    pods = await readyPods(plane, name);
    expect(pods.length).toBeGreaterThan(0);
  });

  // A failure in the middle must not leave a bad commit to the next test.
  afterEach(async () => {
    if (commit) await arrived(live, await revert(live, commit));
    commit = undefined;
  });

  it.each(badCommits(live, cluster, app).slice(0, FULL ? undefined : TELLING))(
    "$what: the last good state runs, the status says why, the next commit heals",
    async (bad) => {
      const good = await stateOf(plane, bad.component);
      const beside = patched(live, bystander, { description: bad.what });
      commit = await change(live, { ...bad.files, ...beside }, bad.what);
      const { message, revision } = await refusal(plane, bad.component, commit);
      for (const each of bad.says) expect(message).toMatch(each);
      expect(revision).toBe(good.revision);

      // What does not depend on it is delivered all the same.
      const delivers = async () => (await stateOf(plane, BYSTANDER)).revision === commit;
      await until(`${BYSTANDER} at the bad commit`, delivers);
      const after = await heldObjects(plane);
      const ofFlux = (each: string) => each.startsWith("flux-system/Kustomization/");
      expect(touched(before, after).filter((each) => !ofFlux(each))).toEqual(["/PriorityClass/platform"]);
      expect(await readyPods(plane, name)).toEqual(pods);

      const started = performance.now();
      const healed = await revert(live, commit);
      commit = undefined;
      await arrived(live, healed, planes);
      measured("bad commit", `healed: ${bad.what}`, (performance.now() - started) / 1000, "s");
      expect(changed(before, await heldObjects(plane))).toEqual([]);
      expect(await readyPods(plane, name)).toEqual(pods);
    },
  );

  // Flux takes these; rendering and validation refuse them before they are pushed.
  it("a variable that nobody sets becomes nothing, a field that there is not is dropped", async () => {
    const account = `${app.folder}/serviceaccount.${name}.${name}.yaml`;
    const unset = patched(live, account, { metadata: { annotations: { [CLIENT]: "${NOT_SET}" } } });
    const service = patched(live, `${app.folder}/service.${name}.${name}.yaml`, { spec: { gadget: true } });
    commit = await change(live, { ...unset, ...service }, "What Flux lets through");
    await arrived(live, commit, planes);
    const found = await plane.client.get("v1", "ServiceAccount", name, name);
    expect(found?.metadata.annotations?.[CLIENT] ?? "").toBe("");
    expect(changed(before, await heldObjects(plane))).toEqual([`${name}/ServiceAccount/${name}`]);
  });

  it("a rollout that never gets healthy leaves the old pods serving, and the revert rolls back", async () => {
    const kustomization = `dist/${cluster}/flux-system/kustomization.flux-system.${component}.yaml`;
    const patience = await change(
      live,
      exchanged(live, kustomization, "timeout: 10m", "timeout: 20s"),
      "Less patience",
    );
    await arrived(live, patience, planes);
    const nowhere = { spec: { template: { spec: { nodeSelector: { "example.com/nowhere": "true" } } } } };
    commit = await change(live, patched(live, app.deployment, nowhere), "Pods that fit on no node");
    const { message } = await refusal(plane, component, commit);
    expect(message).toContain(`Deployment/${name}/${name}`);
    expect(await readyPods(plane, name)).toEqual(pods);
    const started = performance.now();
    await arrived(live, await revert(live, commit), planes);
    measured("bad commit", "rolled back: pods that fit on no node", (performance.now() - started) / 1000, "s");
    commit = patience;
    expect((await readyPods(plane, name)).length).toBe(pods.length);
  });
});
