import { type Fleet, notesOn } from "../../../clusters/model";
import { changed, demo, fleet } from "./support";

const notes = (changes: Record<string, unknown>, base: Fleet = fleet) =>
  notesOn(changed(changes, base) as Fleet).map(({ path, reason }) => `${path} ${reason}`);

test("a fleet for production needs no note", () => {
  expect(notesOn(fleet)).toEqual([]);
});

test("the Free tier and a single system node are noted, never refused", () => {
  expect(notesOn(demo).map(({ path }) => path)).toEqual([
    "tier",
    "clusters[0] (mgmt).pools.system.count",
    "clusters[1] (app1).pools.system.count",
    "clusters[2] (app2).pools.system.count",
  ]);
});

test("the Free tier with many nodes is noted by cluster", () => {
  expect(notes({ "clusters.1.pools.system.count": 6 }, demo)).toContain(
    "tier Free is recommended for fewer than 10 nodes, and app1 may have more",
  );
  expect(notes({ tier: "Free", "clusters.0.pools.system.count": 9 })[0]).toContain("mgmt may have more");
});

test("a system pool below AKS's recommendation is noted", () => {
  expect(notes({ "clusters.2.pools.system.vmSize": "Standard_D2s_v5" })).toEqual([
    expect.stringContaining("clusters[2] (app2).pools.system.vmSize Standard_D2s_v5 has fewer than the 4 vCPU"),
  ]);
});
