import { type Cluster, type Fleet, type NightSchedule, VM_SIZES, type VmSize } from "../../clusters/fleet";
import { BASTION_KIND, clusterSide, JUMP_HOST_SIZE, KARPENTER_DISK_GIB, sharedSide } from "./azure-side";
import { MACHINES, PRICES, type Price, REGISTRIES, SPOT_MACHINES, TIERS } from "./prices";

/** Hours of a month, as Azure's price pages count them. */
export const HOURS = 730;
/** Days of a month. */
const DAYS = HOURS / 24;
/** GiB of the disk that {@link PRICES} knows, and the most vCPU for which AKS takes it. Source: learn.microsoft.com/azure/aks/concepts-storage. */
const DISK = { gib: 128, mostCpu: 7 } as const;
/** Size in which Karpenter's machines are counted, as nobody knows which ones it will pick. */
const UNIT: VmSize = "Standard_D2s_v5";

/** A line of a month's bill. */
export interface Line {
  readonly what: string;
  /** Missing where no price is known. */
  readonly price?: Price;
  /** Units of the price when nothing scales up. */
  readonly least: number;
  /** Units of the price when everything is at its most. */
  readonly most: number;
}

/** The bill of a cluster, or of what all share. */
export interface Bill {
  readonly of: string;
  readonly lines: readonly Line[];
}

/** US dollars of a month. */
export interface Amount {
  readonly least: number;
  readonly most: number;
}

/** What each cluster and what all share costs in a month. */
export function billsOf(fleet: Fleet): readonly Bill[] {
  return [
    ...fleet.clusters.map((cluster) => ({ of: cluster.name, lines: clusterLines(fleet, cluster) })),
    { of: "shared", lines: sharedLines(fleet) },
  ];
}

/** The sum of the lines whose price is known. */
export function amountOf(lines: readonly Line[]): Amount {
  const sum = (units: (line: Line) => number) =>
    lines.reduce((total, line) => total + (line.price?.usd ?? 0) * units(line), 0);
  return { least: sum(({ least }) => least), most: sum(({ most }) => most) };
}

/** Working hours of a month. */
export function workingHours({ start, end, days }: NightSchedule): number {
  const hour = (time: string) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    return hours + minutes / 60;
  };
  return (days.length * (hour(end) - hour(start)) * HOURS) / (7 * 24);
}

function clusterLines(fleet: Fleet, cluster: Cluster): readonly Line[] {
  const { pools, capacity } = cluster;
  const on = capacity.night === "stop" ? workingHours(capacity.schedule) : HOURS;
  const side = clusterSide(fleet, cluster);
  const fixed = [pools.system, ...(pools.ingress ? [pools.ingress] : [])];
  return [
    // Whether a stopped one is charged is not known.
    line(`control plane, ${fleet.tier}`, TIERS[fleet.tier], on, HOURS),
    ...fixed.flatMap(({ name, vmSize, count }) => [
      line(`pool ${name}, ${count} × ${vmSize}`, MACHINES[vmSize], count * on),
      // The disks of a stopped cluster are kept, and paid for.
      line(`pool ${name}, disks`, diskOf(vmSize), count),
    ]),
    ...workerLines(capacity),
    line("load balancer", PRICES.balancer, HOURS),
    line(`public addresses, ${side.publicAddresses}`, PRICES.address, side.publicAddresses * HOURS),
    ...(side.privateEndpoints > 0 ? [line("private endpoint of the API server", PRICES.endpoint, HOURS)] : []),
    line("Managed Prometheus", PRICES.metrics, 1),
    line("AKS Backup", PRICES.backup, 1),
  ];
}

function sharedLines(fleet: Fleet): readonly Line[] {
  const side = sharedSide(fleet);
  const { bastion, jumpHost, publicAddresses, privateEndpoints, privateZones, dailyLogsGb } = side;
  return [
    ...(bastion ? [line(`Bastion, ${BASTION_KIND}`, PRICES.bastion, HOURS)] : []),
    ...(jumpHost
      ? [line(`jump host, ${JUMP_HOST_SIZE}`, MACHINES[JUMP_HOST_SIZE], HOURS), line("NAT gateway", PRICES.nat, HOURS)]
      : []),
    ...(publicAddresses > 0
      ? [line(`public addresses, ${publicAddresses}`, PRICES.address, publicAddresses * HOURS)]
      : []),
    line(`private endpoints: ${privateEndpoints.join(", ")}`, PRICES.endpoint, privateEndpoints.length * HOURS),
    line(`registry, ${fleet.registry.sku}`, REGISTRIES[fleet.registry.sku], 1),
    line(`DNS zones, ${1 + privateZones}`, PRICES.zone, 1 + privateZones),
    line("Key Vault", PRICES.vault, 1),
    line(`logs, up to ${dailyLogsGb} GB a day`, PRICES.logs, 0, dailyLogsGb * DAYS),
  ];
}

/** Machines that come and go, in working hours at most. */
function workerLines(capacity: Cluster["capacity"]): readonly Line[] {
  const on = workingHours(capacity.schedule);
  if (capacity.nodes === "autoscaler") {
    const { spot, onDemandFallback: fallback } = capacity;
    const workers = (name: string, size: VmSize, price: Price | undefined, min: number, max: number) => [
      line(`pool ${name}, ${min} to ${max} × ${size}`, price, min * on, max * on),
      line(`pool ${name}, disks`, diskOf(size), (min * on) / HOURS, (max * on) / HOURS),
    ];
    return [
      ...workers(spot.name, spot.vmSize, SPOT_MACHINES[spot.vmSize], spot.min, spot.max),
      ...(fallback
        ? workers(fallback.name, fallback.vmSize, MACHINES[fallback.vmSize], fallback.min, fallback.max)
        : []),
    ];
  }
  const { families, limits } = capacity.spot;
  const machines = limits.cpu / VM_SIZES[UNIT].cpu;
  const known = families.includes(VM_SIZES[UNIT].family);
  const workers = (kind: string, price: Price | undefined) => [
    line(`${kind} workers, 0 to ${limits.cpu} vCPU, as ${UNIT}`, known ? price : undefined, 0, machines * on),
    line(
      `${kind} workers, disks`,
      KARPENTER_DISK_GIB === DISK.gib ? PRICES.disk : undefined,
      0,
      (machines * on) / HOURS,
    ),
  ];
  return [
    ...workers("Spot", SPOT_MACHINES[UNIT]),
    ...(capacity.onDemandFallback ? workers("on-demand", MACHINES[UNIT]) : []),
  ];
}

/** The disk that AKS gives a node of a pool that asks for none: its size follows the machine's. */
function diskOf(size: VmSize): Price | undefined {
  return VM_SIZES[size].cpu <= DISK.mostCpu ? PRICES.disk : undefined;
}

function line(what: string, price: Price | undefined, least: number, most = least): Line {
  return { what, ...(price && { price }), least, most };
}
