import fc from "fast-check";
import { type Cidr, checkFleet, type Fleet, FleetError, loadFleet } from "../../../clusters/model";
import { cidrText } from "../../../clusters/model/cidr";
import { presets } from "../../../clusters/presets";
import { changed, fleet } from "./support";

const { identities: _, ...shared } = fleet;
const [, , app2] = fleet.clusters;
if (!app2) throw new Error("the default fleet has three clusters");

/** A fleet of many clusters like app2, each with a /22 of 10.0.0.0/8. */
function fleetOf(
  count: number,
  vnet = (index: number): Cidr => cidrText({ first: 10 * 2 ** 24 + index * 1024, prefix: 22 }),
): Fleet {
  const clusters = Array.from({ length: count }, (_, index) => ({
    ...app2,
    name: `app${index}`,
    network: { ...app2?.network, vnet: vnet(index), nodes: vnet(index).replace("/22", "/24") as Cidr },
  })) as Fleet["clusters"];
  const names = clusters.map(({ name }) => name);
  const identities = fleet.identities.slice(4).map((identity) => ({ ...identity, clusters: names }));
  return {
    ...shared,
    clusters,
    identities,
    api: { access: "public", authorizedRanges: ["203.0.113.0/24"] },
    keyVault: { ...fleet.keyVault, secrets: ["ledger-database-password"] },
  };
}

test.each(Object.entries(presets))("the preset %s is valid and loads unchanged", (_name, preset) => {
  expect(checkFleet(preset)).toEqual([]);
  expect(loadFleet(preset)).toEqual(preset);
});

test("loading keeps the order of properties, so that output does not depend on it", () => {
  const hosts = loadFleet(fleet).clusters[1]?.mesh?.ingress?.hosts ?? {};
  expect(Object.keys(hosts)).toEqual(["kiali", "storefront"]);
});

/** Ten mistakes of ten kinds, in shape and between parts, of which none hides another. */
const TEN_MISTAKES = {
  region: "koreacentrl",
  timeZone: "Asia/Soul",
  kubernetes: "1.31",
  "registry.name": "acr-demo",
  "clusters.0.capacity.night": "stop",
  "clusters.1.network.nodes": "10.9.0.0/20",
  "clusters.1.pools.system.name": "system-pool",
  "clusters.2.network.vnet": "10.2.0.0/15",
  "clusters.2.adons": [],
  "identities.3.serviceAccount": "Store_front",
};

test("ten mistakes are ten problems, told at once and in the order of the fleet", () => {
  const found = checkFleet(changed(TEN_MISTAKES));
  expect(found.map(({ path }) => path)).toEqual([
    "region",
    "timeZone",
    "kubernetes",
    "registry.name",
    "clusters[0] (mgmt).capacity.night",
    "clusters[1] (app1).pools.system.name",
    "clusters[1] (app1).network.nodes",
    "clusters[2] (app2).adons",
    "clusters[2] (app2).network.vnet",
    "identities[3] (storefront).serviceAccount",
  ]);
});

test("loading a fleet with mistakes throws all of them, with the file they are in", () => {
  const load = () => loadFleet(changed(TEN_MISTAKES), "clusters/presets/demo.ts");
  expect(load).toThrow(FleetError);
  expect(load).toThrow(/^clusters\/presets\/demo\.ts has 10 problems/);
  expect(load).toThrow(/clusters\[1\] \(app1\)\.network\.nodes\n {4}10\.9\.0\.0\/20 does not lie in/);
});

test.each([undefined, null, 5, "fleet", [], () => fleet])("%p is one problem of the whole fleet", (input) => {
  expect(() => loadFleet(input)).toThrow(/^clusters\/fleet\.ts has 1 problem\n\n {2}the fleet\n/);
});

test("an empty object misses every required part", () => {
  const required = Object.keys(fleet);
  expect(
    checkFleet({})
      .map(({ path }) => path)
      .sort(),
  ).toEqual([...required].sort());
});

function expectReadable(input: unknown): number {
  try {
    loadFleet(input);
    return 0;
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { path, reason, fix } of error.problems) {
      expect([path, reason, fix].every((words) => words.trim() !== "" && !words.includes("\n"))).toBe(true);
      expect(`${reason} ${fix}`).not.toMatch(/invalid input|expected string|received|undefined|\[object/i);
    }
    return error.problems.length;
  }
}

test("garbage is a list of problems, never a crash", () => {
  fc.assert(fc.property(fc.jsonValue(), (garbage) => expectReadable(garbage) > 0));
  fc.assert(fc.property(fc.anything(), (garbage) => expectReadable(garbage) > 0));
});

/** Every place in the default fleet. */
function placesOf(value: unknown, at: readonly string[] = []): readonly string[] {
  if (typeof value !== "object" || value === null) return [at.join(".")];
  const below = Object.entries(value).flatMap(([key, entry]) => placesOf(entry, [...at, key]));
  return at.length > 0 ? [at.join("."), ...below] : below;
}

test("garbage anywhere in a valid fleet is a list of problems, or harmless", () => {
  const place = fc.constantFrom(...placesOf(fleet));
  fc.assert(
    fc.property(fc.dictionary(place, fc.jsonValue(), { minKeys: 1, maxKeys: 3, noNullPrototype: true }), (changes) => {
      // Outer places last, so that inner ones are still there to be changed.
      const ordered = Object.entries(changes).sort(([a], [b]) => b.length - a.length);
      expectReadable(changed(Object.fromEntries(ordered)));
    }),
    { numRuns: 500 },
  );
});

test("whatever part of a valid fleet is left out, nothing crashes", () => {
  for (const place of placesOf(fleet)) expectReadable(changed({ [place]: undefined }));
});

test("a fleet of disjoint networks is valid, wherever they are", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 16_383 }), { minLength: 1, maxLength: 30 }), (blocks) => {
      const vnet = (index: number) => cidrText({ first: 10 * 2 ** 24 + (blocks[index] ?? 0) * 1024, prefix: 22 });
      expect(checkFleet(fleetOf(blocks.length, vnet))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test("a thousand clusters are valid, and a mistake among them is found", () => {
  const many = fleetOf(1000);
  expect(checkFleet(many)).toEqual([]);
  const mistaken = changed({ "clusters.999.network.vnet": "10.0.0.0/22", "clusters.500.name": "app7" }, many);
  expect(checkFleet(mistaken).map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'clusters[500] (app7).name "app7" is already the name of clusters[7]',
    expect.stringContaining("clusters[999] (app999).network.vnet 10.0.0.0/22 overlaps the VNet of app0"),
    expect.stringContaining("clusters[999] (app999).network.nodes"),
    expect.stringContaining('"app500" is not a cluster of the fleet'),
  ]);
});
