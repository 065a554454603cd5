import type { Fleet } from "../../clusters/fleet";
import { type Amount, amountOf, type Bill, billsOf, type Line } from "./bill";
import { code, dollars, list, markdownTable } from "./markdown";
import { allPrices, NOT_USED, type Price } from "./prices";
import { quotaOf } from "./quota";

/** Fleets by the name of their preset. */
export type Presets = Readonly<Record<string, Fleet>>;

/** What depends on use, and is in no sum. */
const LEFT_OUT = [
  "data transfer: to the internet, between networks, through private endpoints, NAT gateway and load balancers",
  "volumes of applications, their snapshots, and backups beyond the source document's guess",
  "metrics beyond that guess; traces count as logs",
  "the Bastion beyond the price of the Basic kind, and the jump host's disk",
  "Defender for Containers, which `defenderPlan` turns on, by the vCPU",
  "nodes that an upgrade adds for its time, and load balancer rules beyond the fifth",
  "runs of the Logic Apps, alerts, and the storage account and vault that hold Pulumi's state",
  "tax, discounts, reservations, free amounts",
] as const;

/** The quota that each preset needs, beside Azure's name of each. */
export function quotaTable(presets: Presets): string {
  const quotas = Object.values(presets).map(quotaOf);
  const families = [...new Set(quotas.flatMap(({ regular }) => regular.map(({ family }) => family)))].sort();
  const regular = families.map((family) => {
    const cells = quotas.map((quota) => {
      const found = quota.regular.find((each) => each.family === family);
      return found ? withSurge(found.pools, found.surge) : "–";
    });
    return [`Regular vCPU, ${code(family)}`, ...cells];
  });
  const all = quotas.map((quota) => {
    const sum = (amount: (each: (typeof quota.regular)[number]) => number) =>
      quota.regular.reduce((total, each) => total + amount(each), 0);
    return withSurge(
      sum(({ pools }) => pools),
      sum(({ surge }) => surge),
    );
  });
  return markdownTable(
    ["quota", ...Object.keys(presets)],
    [
      ...regular,
      [`Regular vCPU of the region, ${code("cores")}`, ...all],
      [`Spot vCPU of the region, ${code("lowPriorityCores")}`, ...quotas.map(({ spot }) => String(spot))],
      ["Standard public addresses", ...quotas.map(({ publicAddresses }) => String(publicAddresses))],
      ["Standard load balancers", ...quotas.map(({ loadBalancers }) => String(loadBalancers))],
    ],
  );
}

/** What a month costs, for each cluster and preset, beside the budget. */
export function estimateTables(presets: Presets): string {
  return each(presets, (fleet) => {
    const bills = billsOf(fleet);
    const sum = amountOf(bills.flatMap(({ lines }) => lines));
    const row = (name: string, { least, most }: Amount) => [name, dollars(least), dollars(most)];
    const table = markdownTable(
      ["", "at least", "at most"],
      [
        ...bills.map(({ of, lines }) => row(of, amountOf(lines))),
        row("**sum**", sum),
        ["budget", dollars(fleet.budget.monthlyUsd), dollars(fleet.budget.monthlyUsd)],
      ],
    );
    return [table, verdict(sum, fleet.budget.monthlyUsd), unpriced(bills)].filter(Boolean).join("\n\n");
  });
}

/** Every line of every bill. */
export function billTables(presets: Presets): string {
  return each(presets, (fleet) =>
    markdownTable(
      ["", "what", "price", "at least", "at most"],
      billsOf(fleet).flatMap(({ of, lines }) => lines.map((line) => billRow(of, line, fleet))),
    ),
  );
}

/** Every price, with its date and source, and the prices that are known and not used. */
export function priceTable(): string {
  const table = markdownTable(
    ["of", "price", "region", "date", "how known", "source"],
    allPrices().map((price) => [price.of, amount(price), price.region, price.date, price.confidence, price.source]),
  );
  return [table, ...NOT_USED.map((reason) => `Not used: ${reason}`)].join("\n\n");
}

/** What is in no sum. */
export function leftOut(): string {
  return LEFT_OUT.map((item) => `- ${item}`).join("\n");
}

function each(presets: Presets, text: (fleet: Fleet) => string): string {
  return Object.entries(presets)
    .map(([name, fleet]) => `### Preset ${code(name)}\n\n${text(fleet)}`)
    .join("\n\n");
}

function withSurge(pools: number, surge: number): string {
  return surge > 0 ? `${pools + surge} (${pools}, and ${surge} while all pools are upgraded)` : String(pools);
}

/** How a sum stands to the budget, which is an alarm and no limit. */
function verdict({ least, most }: Amount, budget: number): string {
  if (least > budget)
    return `The least is ${dollars(least - budget)} more than the budget: its alerts will fire every month.`;
  if (most > budget) return `The least is within the budget; the most is ${dollars(most - budget)} more.`;
  return "Even the most is within the budget.";
}

function unpriced(bills: readonly Bill[]): string {
  const lines = bills.flatMap(({ of, lines }) =>
    lines.filter(({ price }) => !price).map(({ what }) => `${of}: ${what}`),
  );
  return lines.length > 0 ? `No price is known of, and so in no sum: ${list(lines)}.` : "";
}

function billRow(of: string, { what, price, least, most }: Line, fleet: Fleet): readonly string[] {
  if (!price) return [of, what, "not known", "–", "–"];
  return [of, what, marked(price, fleet), dollars(price.usd * least), dollars(price.usd * most)];
}

/** A price with what a reader must know of it: another region's, or not quite known. */
function marked(price: Price, fleet: Fleet): string {
  const region = [fleet.region, "any"].includes(price.region) ? [] : [price.region];
  const doubt = price.confidence === "seen" ? [] : [price.confidence];
  const notes = [...region, ...doubt];
  return notes.length > 0 ? `${amount(price)} (${notes.join(", ")})` : amount(price);
}

function amount({ usd, per }: Price): string {
  return `$${usd} ${per === "hour" ? "an" : "a"} ${per}`;
}
