import type { Report, RuleContext } from "./index";

/** A namespace where the kind has one, and none where it has not. */
export function scope({ tree, scopes }: RuleContext, report: Report): void {
  for (const { file, ref } of tree.objects) {
    const path = "metadata.namespace";
    const wanted = scopes(ref);
    if (wanted === "Namespaced" && ref.namespace === undefined) {
      report({ rule: "scope/missing-namespace", file, object: ref, path, reason: `${ref.kind} is a namespaced kind` });
    } else if (wanted === "Cluster" && ref.namespace !== undefined) {
      report({
        rule: "scope/unwanted-namespace",
        file,
        object: ref,
        path,
        reason: `${ref.kind} is a cluster-scoped kind`,
      });
    }
  }
}
