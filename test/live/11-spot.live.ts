import { until } from "../../cli/live/wait";
import { measured } from "./measures";
import { FULL } from "./place";
import { rig, staysSo } from "./rig";
import { byZone, machines, pods, scale, serving } from "./spot/application";
import { type Capacity, count, fullest, millis, skew } from "./spot/counts";
import { type Drill, fresh, REPLICAS, startDrill } from "./spot/drill";
import { reasons } from "./spot/events";
import { GREEDY, greedy, greedyPods } from "./spot/greedy";
import { evict, NOTICE, powerOff } from "./spot/machines";
import { availability, endWatches, report, watch } from "./spot/watch";

/** What the fleet's NodePools may take: the family and the size that it names, though others are cheaper. */
const ALLOWED = /^Standard_D[248]s_v5$/;

// Lost pods are collected after 40 to 60 s, and a drill waits for that more than once.
if (FULL) jest.setTimeout(600_000);
const full = FULL ? it : it.skip;

describe("Spot and zones", () => {
  let drill: Drill;

  /** Machines by what they are sold as; none may be of another size than the fleet allows. */
  const sold = async () => {
    const all = await machines(drill.plane);
    expect(all.filter(({ sku }) => !ALLOWED.test(sku))).toEqual([]);
    return { spot: 0, "on-demand": 0, ...count(all.map(({ capacity }) => capacity)) };
  };
  const pending = async () => (await pods(drill.plane)).filter(({ node }) => node === undefined);

  beforeAll(async () => {
    drill = await startDrill(rig());
  });
  afterEach(async () => {
    // A drill that failed has not ended its own.
    await endWatches();
    await drill?.market({});
    await drill?.pools({});
  });
  afterAll(() => drill?.restore());

  it("machines of a zone are taken back with notice: the pods leave in time, within their budget", async () => {
    const { plane } = drill;
    const before = await byZone(plane);
    expect(Object.keys(before)).toHaveLength(3);
    expect(await sold()).toMatchObject({ "on-demand": 0 });
    const zone = fullest(before);
    const taken = (await machines(plane)).filter((machine) => machine.zone === zone);
    const watched = await watch(plane);
    const { ended, cut, refused } = await evict(plane, taken);
    await serving(plane, REPLICAS);
    await watched.stop();
    report("a zone's machines, 30 s notice", watched, REPLICAS, 0);
    expect(cut).toEqual([]);
    expect(ended).toHaveLength(before[zone] ?? 0);
    expect(Math.max(...ended)).toBeLessThan(NOTICE);
    // Without the budget all would have left at once.
    expect(refused).toBeGreaterThan(0);
    expect(availability(watched, watched.least)).toBe(1);
  });

  full("all machines are taken back with notice: the budget holds for as long as they are there", async () => {
    const { plane } = drill;
    await fresh(drill);
    const watched = await watch(plane);
    const from = watched.now();
    const { ended, cut } = await evict(plane, await machines(plane));
    await serving(plane, REPLICAS);
    await watched.stop();
    report("all machines, 30 s notice", watched, REPLICAS, from);
    measured("drill: all machines, 30 s notice", "pods that left in time", ended.length, "");
    measured("drill: all machines, 30 s notice", "pods that were cut off", cut.length, "");
    expect(availability(watched, watched.least, from, from + NOTICE - 1)).toBe(1);
    expect(ended.length).toBeGreaterThan(0);
    expect(await sold()).toMatchObject({ "on-demand": 0 });
  });

  full("a zone is lost at once: others take over, and the rest goes on", async () => {
    const { plane } = drill;
    await fresh(drill);
    const zone = fullest(await byZone(plane));
    const lost = (await machines(plane)).filter((machine) => machine.zone === zone);
    const watched = await watch(plane);
    await drill.market({ without: [zone] });
    const from = watched.now();
    await powerOff(plane, lost);
    await serving(plane, REPLICAS);
    await watched.stop();
    report("a zone, no notice", watched, REPLICAS, from);
    expect(availability(watched, 1)).toBe(1);
    const after = await byZone(plane);
    expect(Object.keys(after)).toHaveLength(2);
    expect(after).not.toHaveProperty(zone);
    expect(skew(after)).toBeLessThanOrEqual(2);
  });

  full("no Spot machines are left: pods wait, and take nothing else; they come back when Spot does", async () => {
    const { plane } = drill;
    await fresh(drill);
    const watched = await watch(plane);
    await drill.market({ spot: false });
    const from = watched.now();
    await powerOff(plane, await machines(plane));
    const waiting = await until("pods that wait", async () => {
      const all = await pending();
      return all.length === REPLICAS ? all.map(({ uid }) => uid) : undefined;
    });
    const said = await until("what the schedulers say", async () => {
      const all = await reasons(plane, waiting);
      return ["karpenter", "default-scheduler"].every((who) => all.some(({ by }) => by === who)) ? all : undefined;
    });
    const words = said.filter(({ by }) => by === "karpenter").map(({ message }) => message);
    expect(words).toContainEqual(
      expect.stringMatching(/nodepool requirements filtered out all available instance types/),
    );
    expect(said.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/3 node\(s\) had untolerated taint/),
    );
    const idle = async () =>
      (await pending()).length === REPLICAS &&
      (await plane.client.list("karpenter.sh/v1", "NodeClaim")).length === 0 &&
      (await machines(plane)).length === 0;
    expect(await staysSo(idle, { times: 30, every: 500 })).toBe(true);
    const back = watched.now();
    await drill.market({});
    await serving(plane, REPLICAS);
    await watched.stop();
    report("no Spot left, Spot only", watched, REPLICAS, from);
    measured("drill: no Spot left, Spot only", "from the return of Spot until all serve", watched.now() - back, "s");
    expect(await sold()).toMatchObject({ "on-demand": 0 });
  });

  full("no Spot machines are left, with the fallback: on-demand takes over", async () => {
    const { plane } = drill;
    await drill.pools({ onDemandFallback: true, consolidateAfter: "5s" });
    await fresh(drill);
    // Karpenter counts each machine that it plans as the largest that it may become, so a limit is soon full for one round of planning.
    measured("drill: with the fallback", "on-demand machines while there is Spot", (await sold())["on-demand"], "");
    await until("Spot machines only", async () => (await sold())["on-demand"] === 0, { timeout: 240_000 });
    const watched = await watch(plane);
    await drill.market({ spot: false });
    const from = watched.now();
    await powerOff(plane, await machines(plane));
    await serving(plane, REPLICAS);
    await watched.stop();
    report("no Spot left, with the fallback", watched, REPLICAS, from);
    expect(await sold()).toMatchObject({ spot: 0 });
  });

  full("a workload that is too big for the pool waits", async () => {
    const { plane } = drill;
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: GREEDY } };
    try {
      for (const object of greedy(18)) await plane.client.apply(object);
      const { waiting } = await until("a full pool", async () => {
        const now = await greedyPods(plane);
        if (now.placed < 5 || now.waiting.length === 0) return undefined;
        const said = await reasons(plane, now.waiting, GREEDY);
        return said.some(({ by, message }) => by === "karpenter" && /limits/.test(message)) ? now : undefined;
      });
      expect(waiting.length).toBeGreaterThan(0);
      let most = 0;
      const waits = async () => {
        // As Karpenter counts: its stand-in for Azure gives a node the capacity of what was asked of it, not that of its size.
        const nodes = await plane.client.list("v1", "Node", undefined, "karpenter.sh/nodepool");
        const cpu = nodes.reduce((sum, { status }) => sum + millis(((status ?? {}) as Capacity).capacity?.cpu), 0);
        most = Math.max(most, cpu);
        return (await greedyPods(plane)).waiting.length > 0;
      };
      expect(await staysSo(waits, { times: 20, every: 500 })).toBe(true);
      measured("drill: a workload that is too big", "vCPU of the pool's nodes, of 20 allowed", most / 1000, "");
      expect(most).toBeLessThanOrEqual(20_000);
      expect(most).toBeGreaterThan(10_000);
      await sold();
    } finally {
      await plane.client.remove(namespace);
      await until(`the end of ${GREEDY}`, async () => !(await plane.client.get("v1", "Namespace", GREEDY)));
    }
  });

  full("at night nothing is left but the fixed pools; in the morning everything is back", async () => {
    const { plane } = drill;
    const fixed = async () =>
      (await plane.client.list("v1", "Node")).every(({ metadata }) => metadata.name.startsWith("aks-system-"));
    await drill.pools({ consolidateAfter: "5s" });
    expect(await fixed()).toBe(false);
    const evening = performance.now();
    await scale(plane, 0);
    await until("the end of all machines of the day", fixed);
    measured("drill: a night", "until only the fixed pools are left", (performance.now() - evening) / 1000, "s");
    expect(await staysSo(fixed)).toBe(true);
    const morning = performance.now();
    await scale(plane, 2);
    await serving(plane, 2);
    measured("drill: a night", "until the day's pods serve", (performance.now() - morning) / 1000, "s");
    expect(await sold()).toMatchObject({ "on-demand": 0 });
  });
});
