import { amountOf, billsOf, HOURS, type Line, workingHours } from "../../../cli/docs/bill";
import { MACHINES, PRICES } from "../../../cli/docs/prices";
import { cheap, small } from "./fleets";

/** Two days of ten and a half hours, of the 168 hours of a week. */
const ON = (21 * 730) / 168;
const DISK = 19.71;

function bill(of: string, fleet = small): readonly Line[] {
  const found = billsOf(fleet).find((each) => each.of === of);
  if (!found) throw new Error(`no bill of ${of}`);
  return found.lines;
}

function sums(lines: readonly Line[]): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    lines.map((line) => {
      const { least, most } = amountOf([line]);
      return [line.what, line.price ? [least, most].map((usd) => Number(usd.toFixed(4))) : ["unknown"]];
    }),
  ) as Readonly<Record<string, readonly number[]>>;
}

const rounded = (usd: number) => Number(usd.toFixed(4));

it("counts working hours", () => {
  expect(workingHours({ start: "08:00", end: "18:30", days: ["Mon", "Tue"] })).toBeCloseTo(ON, 10);
  expect(
    workingHours({ start: "00:00", end: "24:00", days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] }),
  ).toBeCloseTo(HOURS, 10);
});

it("bills a cluster that drains: pools all month, workers in working hours at most", () => {
  expect(sums(bill("one"))).toEqual({
    "control plane, Standard": [73, 73],
    "pool system, 2 × Standard_D4s_v5": [344.56, 344.56],
    "pool system, disks": [2 * DISK, 2 * DISK],
    "pool ingress, 4 × Standard_D2s_v5": [344.56, 344.56],
    "pool ingress, disks": [4 * DISK, 4 * DISK],
    "Spot workers, 0 to 12 vCPU, as Standard_D2s_v5": [0, rounded(6 * 0.019 * ON)],
    "Spot workers, disks": [0, rounded((6 * DISK * ON) / 730)],
    "on-demand workers, 0 to 12 vCPU, as Standard_D2s_v5": [0, rounded(6 * 0.118 * ON)],
    "on-demand workers, disks": [0, rounded((6 * DISK * ON) / 730)],
    "load balancer": [18.25, 18.25],
    "public addresses, 2": [7.3, 7.3],
    "private endpoint of the API server": [7.3, 7.3],
    "Managed Prometheus": [1, 1],
    "AKS Backup": [1, 1],
  });
});

it("bills a cluster that stops: machines in working hours, and says which prices are not known", () => {
  expect(sums(bill("two"))).toEqual({
    "control plane, Standard": [rounded(0.1 * ON), 73],
    "pool system, 1 × Standard_D8s_v5": [rounded(0.472 * ON), rounded(0.472 * ON)],
    // A machine of eight vCPU gets a larger disk.
    "pool system, disks": ["unknown"],
    "pool spot, 1 to 5 × Standard_D4s_v5": ["unknown"],
    "pool spot, disks": [rounded((DISK * ON) / 730), rounded((5 * DISK * ON) / 730)],
    "pool ondemand, 0 to 3 × Standard_D2s_v5": [0, rounded(3 * 0.118 * ON)],
    "pool ondemand, disks": [0, rounded((3 * DISK * ON) / 730)],
    "load balancer": [18.25, 18.25],
    "public addresses, 1": [3.65, 3.65],
    "private endpoint of the API server": [7.3, 7.3],
    "Managed Prometheus": [1, 1],
    "AKS Backup": [1, 1],
  });
});

it("bills what all share", () => {
  expect(sums(bill("shared"))).toEqual({
    "Bastion, Standard": [138.7, 138.7],
    "jump host, Standard_B2s": [37.96, 37.96],
    "NAT gateway": [32.85, 32.85],
    "public addresses, 2": [7.3, 7.3],
    "private endpoints: key-vault, blob, registry": [21.9, 21.9],
    "registry, Premium": [50, 50],
    "DNS zones, 5": [2.5, 2.5],
    "Key Vault": [1, 1],
    "logs, up to 4 GB a day": [0, rounded((4 * 2.99 * 730) / 24)],
  });
  expect(sums(bill("shared", cheap))).toEqual({
    "private endpoints: key-vault, blob": [14.6, 14.6],
    "registry, Basic": [5, 5],
    "DNS zones, 3": [1.5, 1.5],
    "Key Vault": [1, 1],
    "logs, up to 1 GB a day": [0, rounded((2.99 * 730) / 24)],
  });
});

it("does not guess the price of families or tiers that it does not know", () => {
  const [one] = small.clusters;
  if (one?.capacity.nodes !== "karpenter") throw new Error("the fleet's first cluster has Karpenter");
  const spot = { ...one.capacity.spot, families: ["F"] };
  const other = { ...small, tier: "Premium" as const, clusters: [{ ...one, capacity: { ...one.capacity, spot } }] };
  const unknown = bill("one", other).filter(({ price }) => !price);
  expect(unknown.map(({ what }) => what)).toEqual([
    "control plane, Premium",
    "Spot workers, 0 to 12 vCPU, as Standard_D2s_v5",
    "on-demand workers, 0 to 12 vCPU, as Standard_D2s_v5",
  ]);
});

it("adds up what is known", () => {
  const lines = [
    { what: "a", price: MACHINES.Standard_D2s_v5, least: 10, most: 20 },
    { what: "b", least: 1, most: 1 },
    { what: "c", price: PRICES.disk, least: 0, most: 2 },
  ];
  expect(amountOf(lines)).toEqual({ least: 1.18, most: 2.36 + 2 * DISK });
  expect(amountOf([])).toEqual({ least: 0, most: 0 });
});
