import { until } from "../../cli/live/wait";
import { measured } from "./measures";
import { FULL } from "./place";
import { rig, staysSo } from "./rig";
import { byZone, machines, pods, scale, serving } from "./spot/application";
import { count, fullest, skew } from "./spot/counts";
import { type Drill, fresh, REPLICAS, startDrill } from "./spot/drill";
import { reasons } from "./spot/events";
import { GREEDY, greedy } from "./spot/greedy";
import { evict, NOTICE, powerOff } from "./spot/machines";
import { availability, report, watch } from "./spot/watch";

/** What the fleet's NodePools may take: the family and the size that it names, though others are cheaper. */
const ALLOWED = /^Standard_D[248]s_v5$/;

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
    await drill.market({});
    await drill.pools({});
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
    const drillName = "all machines, 30 s notice";
    report(drillName, watched, REPLICAS, from);
    measured(`drill: ${drillName}`, "pods that left in time", ended.length, "");
    measured(`drill: ${drillName}`, "pods that were cut off", cut.length, "");
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
    expect(said.filter(({ by }) => by === "karpenter").map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/spot/),
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

  full("no Spot machines are left, with the fallback: on-demand takes over, until Spot is back", async () => {
    const { plane } = drill;
    await drill.pools({ onDemandFallback: true, consolidateAfter: "5s" });
    await fresh(drill);
    expect(await sold()).toMatchObject({ "on-demand": 0 });
    const watched = await watch(plane);
    await drill.market({ spot: false });
    const from = watched.now();
    await powerOff(plane, await machines(plane));
    await serving(plane, REPLICAS);
    report("no Spot left, with the fallback", watched, REPLICAS, from);
    expect(await sold()).toMatchObject({ spot: 0 });
    const back = watched.now();
    await drill.market({});
    await until("Spot machines only", async () => (await sold())["on-demand"] === 0, { timeout: 240_000 });
    await serving(plane, REPLICAS);
    await watched.stop();
    const part = "drill: back from on-demand to Spot";
    measured(part, "until no machine is on-demand", watched.now() - back, "s");
    measured(part, "looks within the budget", availability(watched, watched.least, back) * 100, "%");
    // Karpenter gives up machines one after another, and asks the budget.
    expect(availability(watched, watched.least, back)).toBe(1);
  });

  full("a workload that is too big for the pool waits", async () => {
    const { plane } = drill;
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: GREEDY } };
    try {
      for (const object of greedy(18)) await plane.client.apply(object);
      const look = async () => {
        const all = await plane.client.list("v1", "Pod", GREEDY);
        const waiting = all.filter(({ spec }) => spec?.["nodeName"] === undefined).map(({ metadata }) => metadata.uid);
        return { placed: all.length - waiting.length, waiting: waiting.filter((uid) => uid !== undefined) };
      };
      const { waiting } = await until("a full pool", async () => {
        const now = await look();
        if (now.placed < 5 || now.waiting.length === 0) return undefined;
        const said = await reasons(plane, now.waiting, GREEDY);
        return said.some(({ by, message }) => by === "karpenter" && /limits/.test(message)) ? now : undefined;
      });
      expect(waiting.length).toBeGreaterThan(0);
      const within = async () => {
        const cpu = (await machines(plane)).reduce((sum, { sku }) => sum + Number(/D(\d+)s/.exec(sku)?.[1]), 0);
        return cpu <= 20 && (await look()).waiting.length > 0;
      };
      expect(await staysSo(within, { times: 20, every: 500 })).toBe(true);
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
