import { amountOf, billsOf } from "../../../cli/docs/bill";
import { billTables, estimateTables, leftOut, priceTable, quotaTable } from "../../../cli/docs/costs";
import { dollars } from "../../../cli/docs/markdown";
import { allPrices } from "../../../cli/docs/prices";
import { cheap, small } from "./fleets";

const presets = { small, cheap };

/** Cells of every row of the tables in a text. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "));
}

it("lines presets' quotas up by family", () => {
  expect(rowsOf(quotaTable(presets))).toEqual([
    ["quota", "small", "cheap"],
    ["Regular vCPU, `any of D, E (Karpenter's choice)`", "12", "–"],
    ["Regular vCPU, `standardBSFamily`", "2", "–"],
    [
      "Regular vCPU, `standardDSv5Family`",
      "48 (30, and 18 while all pools are upgraded)",
      "24 (14, and 10 while all pools are upgraded)",
    ],
    [
      "Regular vCPU of the region, `cores`",
      "62 (44, and 18 while all pools are upgraded)",
      "24 (14, and 10 while all pools are upgraded)",
    ],
    ["Spot vCPU of the region, `lowPriorityCores`", "32", "20"],
    ["Standard public addresses", "5", "1"],
    ["Standard load balancers", "2", "1"],
  ]);
});

describe("the estimate", () => {
  const rows = rowsOf(estimateTables({ small }));

  it("has a row for each cluster, the shared part, the sum and the budget", () => {
    expect(rows.map(([name]) => name)).toEqual(["", "one", "two", "shared", "**sum**", "budget"]);
    const { least, most } = amountOf(billsOf(small).flatMap(({ lines }) => lines));
    expect(rows.slice(-2)).toEqual([
      ["**sum**", dollars(least), dollars(most)],
      ["budget", "$1,000", "$1,000"],
    ]);
  });

  it("names what no price is known of", () => {
    expect(estimateTables({ small })).toContain(
      "No price is known of, and so in no sum: two: pool system, disks, two: pool spot, 1 to 5 × Standard_D4s_v5.",
    );
    expect(estimateTables({ cheap: { ...cheap, clusters: [] } })).not.toContain("No price is known");
  });

  it.each<readonly [number, string]>([
    [100, "The least is $"],
    [1500, "The least is within the budget; the most is $"],
    [99_999, "Even the most is within the budget."],
  ])("says how it stands to a budget of %i", (monthlyUsd, words) => {
    expect(estimateTables({ small: { ...small, budget: { monthlyUsd } } })).toContain(words);
  });
});

it("marks prices of another region and prices that are guesses", () => {
  const rows = rowsOf(billTables({ small }));
  const priceOf = (of: string, what: string) => rows.find((row) => row[0] === of && row[1] === what)?.[2];
  expect(priceOf("one", "pool system, 2 × Standard_D4s_v5")).toBe("$0.236 an hour");
  expect(priceOf("one", "pool system, disks")).toBe("$19.71 a month (eastus)");
  expect(priceOf("one", "load balancer")).toBe("$0.025 an hour");
  expect(priceOf("one", "AKS Backup")).toBe("$1 a month (estimate)");
  expect(priceOf("two", "pool system, disks")).toBe("not known");
  expect(priceOf("shared", "Bastion, Standard")).toBe("$0.19 an hour (australiaeast, floor)");
  const elsewhere = rowsOf(billTables({ small: { ...small, region: "westeurope" } }));
  expect(elsewhere.find((row) => row[1] === "load balancer")?.[2]).toBe("$0.025 an hour");
  expect(elsewhere.find((row) => row[1] === "jump host, Standard_B2s")?.[2]).toBe("$0.052 an hour (koreacentral)");
  expect(elsewhere.find((row) => row[1] === "NAT gateway")?.[2]).toBe("$0.045 an hour");
});

it("gives every price a date and a source, once", () => {
  const rows = rowsOf(priceTable()).slice(1);
  expect(rows).toHaveLength(allPrices().length);
  for (const { of, usd, date, source } of allPrices()) {
    expect([of, date, source].every(Boolean)).toBe(true);
    expect(usd).toBeGreaterThanOrEqual(0);
    expect(date).toMatch(/^(20\d\d-\d\d(-\d\d)?|not stated)$/);
  }
  const names = allPrices().map(({ of }) => of);
  expect(new Set(names).size).toBe(names.length);
  expect(priceTable()).toContain("Not used:");
});

it("says what it leaves out", () => {
  expect(leftOut().split("\n").length).toBeGreaterThan(5);
  expect(leftOut()).toContain("data transfer");
});
