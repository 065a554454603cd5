import { conditionOf } from "../../cli/live/client";
import { fluxProcesses, poke } from "../../cli/live/flux";
import { GIT_SERVER, pushFiles } from "../../cli/live/git";
import type { Plane } from "../../cli/live/plane";
import { until } from "../../cli/live/wait";
import { applicationClusters, applicationOn } from "./delivery/application";
import { editByHand, named } from "./delivery/byhand";
import { kept, patched } from "./delivery/edit";
import { reconciled } from "./delivery/kustomizations";
import { heldObjects, readyPods, touched } from "./delivery/objects";
import { clusterOutage, type Outage, outage } from "./delivery/outage";
import { measured } from "./measures";
import { arrived, planeOf, rig, staysSo } from "./rig";

const MANAGEMENT = "mgmt";
const NOTE = "aks-fleet.example.com/isolation";

describe("isolation", () => {
  const live = rig();
  const applications = applicationClusters(live).map((cluster) => applicationOn(live, cluster));
  const planes = applications.map(({ plane }) => plane);
  // A rig without them has nothing to isolate: this throws.
  const management = planeOf(live, MANAGEMENT);
  const first = applicationOn(live, "app1");
  const files = kept(live, ...applications.map(({ policy }) => policy));
  let down: Outage | undefined;

  afterEach(async () => {
    await down?.end();
    down = undefined;
    await arrived(live, await pushedTo(live.planes, files, "As it was"));
  });

  /** Pushes and tells those clusters only: those that are down hear nothing. */
  async function pushedTo(told: readonly Plane[], changes: Readonly<Record<string, string>>, message: string) {
    // A Git server that was started a moment ago may not listen yet; pushing again is harmless.
    const commit = await until("the push", () => pushFiles(live.git, changes, message));
    for (const plane of told) await until(`${plane.name} hears of it`, () => poke(plane).then(() => true));
    return commit;
  }

  /** A change of every application. */
  function notes(text: string): Readonly<Record<string, string>> {
    const patch = { metadata: { annotations: { [NOTE]: text } } };
    return Object.assign({}, ...applications.map(({ policy }) => patched(live, policy, patch)));
  }

  /** Everything that application clusters hold, and the pods that run there. */
  function state() {
    return Promise.all(
      applications.map(async ({ plane, name }) => ({
        cluster: plane.name,
        objects: await heldObjects(plane),
        pods: await readyPods(plane, name),
      })),
    );
  }

  /** Names of what was written to, by cluster; a pod that is not the same is named too. */
  async function since(before: Awaited<ReturnType<typeof state>>): Promise<readonly string[]> {
    const after = await state();
    return before.flatMap(({ cluster, objects, pods }, index) => {
      const now = after[index];
      if (!now) return [`${cluster} is gone`];
      const other = pods.filter((pod) => !now.pods.includes(pod)).map((pod) => `pod ${pod}`);
      return [...touched(objects, now.objects), ...other].map((each) => `${cluster}: ${each}`);
    });
  }

  const onlyNotes = applications.map(({ plane, name }) => `${plane.name}: ${name}/NetworkPolicy/${name}`);

  /** What each outage of something in mgmt has to leave untouched. */
  async function appsGoOn(text: string): Promise<void> {
    const before = await state();
    expect(await staysSo(async () => (await since(before)).length === 0, { times: 5 })).toBe(true);
    await arrived(live, await pushedTo(planes, notes(text), text), planes);
    expect(await since(before)).toEqual(onlyNotes);
  }

  async function catchesUp(what: string, plane: Plane): Promise<void> {
    const started = performance.now();
    await down?.end();
    down = undefined;
    await arrived(live, await pushedTo(live.planes, notes(`${what} is back`), `${what} is back`));
    measured("isolation", `${plane.name} has caught up: ${what}`, (performance.now() - started) / 1000, "s");
  }

  it("mgmt's Flux dies: application clusters keep their state and take a commit", async () => {
    down = await outage(live, (name) => fluxProcesses(MANAGEMENT).includes(name));
    expect(down.names.length).toBe(3);
    await appsGoOn("without mgmt's Flux");
    await catchesUp("mgmt's Flux", management);
  });

  it("the whole mgmt plane dies: application clusters keep their state and take a commit", async () => {
    down = await clusterOutage(live, MANAGEMENT);
    expect(down.names.length).toBeGreaterThan(7);
    expect(await management.client.isReady()).toBe(false);
    await appsGoOn("without mgmt");
    await catchesUp("the whole plane", management);
  });

  it("app1's own Flux dies: app1 stays as it is, the others take the commit, app1 catches up", async () => {
    const before = await state();
    down = await outage(live, (name) => fluxProcesses(first.plane.name).includes(name));
    const others = live.planes.filter((plane) => plane !== first.plane);
    await arrived(live, await pushedTo(others, notes("without app1's Flux"), "Without app1's Flux"), others);
    expect(await since(before)).toEqual(onlyNotes.filter((each) => !each.startsWith(`${first.plane.name}:`)));
    await catchesUp("its own Flux", first.plane);
    expect([...(await since(before))].sort()).toEqual([...onlyNotes].sort());
  });

  it("the Git server dies: all keep their state, say so, and undo drift all the same; then they catch up", async () => {
    const before = await state();
    down = await outage(live, (name) => name === GIT_SERVER);
    for (const plane of planes) {
      await poke(plane);
      const failed = async () => {
        const source = await plane.client.get("source.toolkit.fluxcd.io/v1", "GitRepository", "fleet", "flux-system");
        return conditionOf(source, "Ready")?.status === "False";
      };
      await until(`${plane.name} says that it cannot fetch`, failed);
    }
    for (const { plane, component, name } of applications) {
      const policy = named("networking.k8s.io/v1", "NetworkPolicy", name, name);
      await editByHand(plane, policy, { spec: { ingress: [{}] } });
      await reconciled(plane, component);
      const mended = await plane.client.get("networking.k8s.io/v1", "NetworkPolicy", name, name);
      expect(mended?.spec?.["ingress"]).not.toEqual([{}]);
    }
    // Undone by writing, so that the edited policies count as touched.
    expect(await since(before)).toEqual(onlyNotes);
    await catchesUp("the Git server", first.plane);
  });
});
