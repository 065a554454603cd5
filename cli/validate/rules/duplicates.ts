import { groupOf } from "../../tree/path";
import type { Report, RuleContext } from "./index";

/** One object of a cluster in two files: the API server keeps one, and two Flux Kustomizations fight over it. */
export function duplicates({ tree }: RuleContext, report: Report): void {
  const seen = new Map<string, string>();
  for (const { file, cluster, ref } of tree.objects) {
    if (ref.name === "" || ref.kind === "") continue;
    // Versions of a group are views of the same object.
    const key = JSON.stringify([cluster, groupOf(ref), ref.kind, ref.namespace ?? "", ref.name]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, file);
    else report({ rule: "object/duplicate", file, object: ref, path: "", reason: `the same object is in ${first}` });
  }
}
