import { type infer as Infer, literal, optional } from "zod/mini";
import { KUBERNETES_VERSIONS, MESH_REVISIONS } from "../versions";
import { REGIONS, VM_SIZES } from "./azure";
import { isAddress, isCidr } from "./cidr";
import { flag, formed, list, number, object, oneOf, only, text, texts, union } from "./shape";
import { ADDONS, type ChartMirror, COMPONENTS, type Fleet } from "./types";

function keys<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}

const region = oneOf(keys(REGIONS), "or add the region and its zones to REGIONS in clusters/model/azure.ts");
const kubernetes = oneOf(
  keys(KUBERNETES_VERSIONS),
  "or pin the version in KUBERNETES_VERSIONS of clusters/versions.ts",
);
const meshRevision = oneOf(keys(MESH_REVISIONS), "or add the revision to MESH_REVISIONS of clusters/versions.ts");
const vmSize = oneOf(keys(VM_SIZES), "or add the size to VM_SIZES in clusters/model/azure.ts");
const weekday = oneOf(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
const cidr = (example: string) => formed("an IPv4 range such as 10.1.0.0/16", example, isCidr);

const api = union(
  "a way to reach the API servers",
  "access",
  ["private", "public"],
  [
    object(
      "a private API",
      { access: literal("private") },
      {
        authorizedRanges: {
          reason:
            "do not apply to a private API server: nothing outside the networks reaches it (AKS refuses both together)",
          fix: 'remove authorizedRanges, or set api.access to "public"',
        },
      },
    ),
    object("a public API", {
      access: literal("public"),
      authorizedRanges: list("a list of IPv4 ranges", cidr("203.0.113.0/24")),
    }),
  ],
);

const git = object("a Git source", {
  url: text("the repository", "ssh://git@github.com/example/aks-fleet"),
  branch: text("the branch", "main"),
  intervalSeconds: optional(number("seconds between two looks at the repository")),
});

const chartMirror = object("a chart mirror", {
  url: formed(
    "a registry folder that starts with oci://",
    "oci://registry.example.com/charts",
    (value): value is ChartMirror["url"] => typeof value === "string" && value.startsWith("oci://"),
  ),
  insecure: optional(flag()),
});

const network = object("a cluster's network", {
  vnet: cidr("10.1.0.0/16"),
  nodes: cidr("10.1.0.0/20"),
  pods: cidr("192.168.0.0/16"),
  services: cidr("172.16.0.0/16"),
  dnsServiceIp: formed("an IPv4 address", "172.16.0.10", isAddress),
  bastion: optional(cidr("10.1.100.0/26")),
  jumpHost: optional(cidr("10.1.101.0/28")),
});

const poolName = text("the pool's name", "system");
const fixedPool = object("a node pool", { name: poolName, vmSize, count: number("how many nodes") });
const autoscaledPool = object("an autoscaled node pool", {
  name: poolName,
  vmSize,
  min: number("the fewest nodes"),
  max: number("the most nodes"),
});

const schedule = object("a night schedule", {
  start: text("when the working day starts", "09:00"),
  end: text("when the working day ends", "22:00"),
  days: list("a list of working days", weekday),
});

const CANNOT_STOP = "is not possible with Karpenter: AKS cannot stop a cluster that has node auto-provisioning";
const CANNOT_DRAIN = "is not possible with autoscaled pools here: a drain lets Karpenter remove the empty nodes";

const capacity = union(
  "a capacity policy",
  "nodes",
  ["karpenter", "autoscaler"],
  [
    object("a Karpenter capacity policy", {
      nodes: literal("karpenter"),
      night: only("drain", CANNOT_STOP, 'set night to "drain", or nodes to "autoscaler" with autoscaled pools'),
      schedule,
      spot: object("what Karpenter may create", {
        families: list("a list of VM families", text("a VM family", "D")),
        maxCpuPerNode: number("vCPU of the largest machine"),
        limits: object("limits of all nodes together", { cpu: number("vCPU"), memoryGiB: number("GiB of memory") }),
      }),
      onDemandFallback: optional(flag()),
    }),
    object("an autoscaler capacity policy", {
      nodes: literal("autoscaler"),
      night: only("stop", CANNOT_DRAIN, 'set night to "stop", or nodes to "karpenter" with limits'),
      schedule,
      spot: autoscaledPool,
      onDemandFallback: optional(autoscaledPool),
    }),
  ],
);

const mesh = object("a mesh", {
  ingress: optional(
    object("an ingress gateway", {
      domain: text("the domain of its hostnames", "example.com"),
      hosts: texts("hostnames by what answers", text("a hostname", "shop.example.com")),
    }),
  ),
});

const application = object("an application namespace", {
  namespace: text("the namespace", "storefront"),
  meshed: flag(),
  quota: object("a quota", {
    cpu: number("vCPU"),
    memoryGiB: number("GiB of memory"),
    pods: number("how many pods"),
  }),
});

const cluster = object("a cluster", {
  name: text("the cluster's name", "app1"),
  zones: list("a list of availability zones", oneOf(["1", "2", "3"])),
  network,
  pools: object("the fixed node pools", { system: fixedPool, ingress: optional(fixedPool) }),
  capacity,
  mesh: optional(mesh),
  addons: list("a list of add-ons", oneOf(ADDONS)),
  applications: optional(list("a list of application namespaces", application)),
});

const grant = object("a role grant", {
  role: oneOf([
    "DNS Zone Contributor",
    "Key Vault Secrets Officer",
    "Key Vault Secrets User",
    "Monitoring Data Reader",
  ]),
  on: oneOf(["dns-zone", "key-vault", "monitor-workspace"]),
  secret: optional(text("one Key Vault secret", "storefront-session-key")),
});

const identity = object("an identity", {
  name: text("the identity's name", "cert-manager"),
  component: oneOf(COMPONENTS),
  clusters: list("a list of cluster names", text("a cluster's name", "app1")),
  namespace: text("the service account's namespace", "cert-manager"),
  serviceAccount: text("the service account", "cert-manager"),
  roles: list("a list of role grants", grant),
});

/** The shape of a fleet; what its parts must be to each other, `rules/` says. */
export const fleetSchema = object("a fleet", {
  name: text("the prefix of Azure names", "k8s-demo"),
  region,
  timeZone: text("an IANA time zone", "Asia/Seoul"),
  domain: text("the public DNS zone", "example.com"),
  email: text("an address to tell", "platform@example.com"),
  kubernetes,
  tier: oneOf(["Free", "Standard", "Premium"]),
  meshRevision,
  api,
  git,
  chartMirror: optional(chartMirror),
  keyVault: object("a Key Vault", {
    name: text("the vault's name", "kv-k8s-demo-7f3a"),
    secrets: list("a list of secret names", text("a secret's name", "storefront-session-key")),
  }),
  registry: object("a registry", {
    name: text("the registry's name", "acrk8sdemo7f3a"),
    sku: oneOf(["Basic", "Standard", "Premium"]),
  }),
  budget: object("a budget", { monthlyUsd: number("US dollars in a month") }),
  clusters: list("a list of clusters", cluster),
  identities: list("a list of identities", identity),
});

type Frozen<T> = T extends readonly (infer Entry)[]
  ? readonly Frozen<Entry>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Holds<Condition extends true> = Condition;

/** Does not compile when the schema and the interfaces of `types.ts` differ in any property. */
export type SchemaIsTypes = Holds<Same<Frozen<Infer<typeof fleetSchema>>, Frozen<Fleet>>>;
