import type { ChartPin } from "../../base/helm";

/** A pin as `clusters/versions.ts` has them, for tests of components that install a chart. */
export function chartPin(name: string): ChartPin {
  return { name, registry: "oci://charts.example.com", version: "1.2.3" };
}
