import type { El } from "./dom";
import { count, h, name, spoken } from "./elements";
import { namesOf } from "./variants";

/** Clusters that have a column of their own in lists. */
const MOST_COLUMNS = 6;

/** The clusters that lists have a column for: all of a small fleet, none of a large one. */
export function columnsOf(clusters: readonly string[]): readonly string[] {
  return clusters.length > MOST_COLUMNS ? [] : clusters;
}

/** Which clusters something is on: a dot in the column of each, or their number where there are none. */
export function whereMark(clusters: readonly string[], columns: readonly string[]): El {
  const text = clusters.length === 0 ? "on no cluster" : `on ${namesOf(clusters, MOST_COLUMNS)}`;
  if (columns.length === 0) {
    const [only = ""] = clusters;
    const label = clusters.length === 1 ? name(only) : count(clusters.length, "cluster");
    return h("span.dim", { title: text }, label);
  }
  const dots = columns.map((cluster) =>
    h("span", { class: clusters.includes(cluster) ? "dot on" : "dot", title: cluster, "aria-hidden": "true" }),
  );
  return h("span.where", {}, spoken(text), ...dots);
}
