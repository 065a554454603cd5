import type { Fleet } from "../../clusters/fleet";
import { overlayOf } from "../../clusters/overlays";
import { renderFleet } from "../../main";
import { billTables, estimateTables, leftOut, priceTable, quotaTable } from "./costs";
import { orderCharts } from "./graph";
import type { Parts } from "./markers";
import { clusterTables, componentMatrix } from "./matrix";
import { hostTable, nameTables, secretTable } from "./names";
import { PINNED, versionTable } from "./versions";

/** Every generated part of the documents. `default` is the fleet whose names, hostnames and order are shown. */
export function generate(presets: Readonly<Record<string, Fleet>> & { readonly default: Fleet }): Parts {
  const rendered = Object.entries(presets).map(([preset, fleet]) => ({
    preset,
    fleet,
    clusters: [...renderFleet(fleet, overlayOf)],
  }));
  const main = presets.default;
  return {
    clusters: clusterTables(rendered),
    components: componentMatrix(rendered),
    order: orderCharts(rendered.find(({ preset }) => preset === "default")?.clusters ?? []),
    versions: versionTable(PINNED, presets),
    quota: quotaTable(presets),
    estimate: estimateTables(presets),
    bill: billTables(presets),
    prices: priceTable(),
    "left-out": leftOut(),
    names: nameTables(main),
    secrets: secretTable(main),
    hostnames: hostTable(main),
  };
}
