import { ADDON_NAMESPACE, FLUX_NAMESPACE } from "../names";
import { show } from "../wording";
import { isLabel } from "./hostname";
import { called, clusters, placed, type Rule, repeated } from "./rule";

/** Namespaces that AKS, its extensions and Kubernetes own. Sources: learn.microsoft.com/azure/aks and the extensions' pages. */
const OWNED = new Set([
  "default",
  "app-routing-system",
  "azure-arc",
  "azure-extensions-usage-system",
  "calico-system",
  "dapr-system",
  "dataprotection-microsoft",
  "gatekeeper-system",
  "istio-system",
  "tigera-operator",
]);

function teams(cluster: ReturnType<typeof clusters>[number]) {
  return placed(cluster.value.applications, [...cluster.at, "applications"]);
}

/** A namespace is a DNS label. Source: kubernetes.io/docs/concepts/overview/working-with-objects/namespaces. */
const namespacesAreLabels: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    teams(cluster).flatMap(({ value: { namespace }, at }) => {
      if (namespace === undefined || isLabel(namespace)) return [];
      const reason = `${show(namespace)} is not a name that Kubernetes takes for a namespace`;
      const fix = 'write at most 63 lower-case letters, digits and dashes, for example "storefront"';
      return [{ at: [...at, "namespace"], reason, fix }];
    }),
  );

/** A team's namespace is nobody else's: neither Kubernetes' nor AKS's nor of the platform's add-ons. */
const namespacesAreFree: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    teams(cluster).flatMap(({ value: { namespace }, at }) => {
      const owner = namespace && ownerOf(namespace);
      if (!owner) return [];
      const reason = `${show(namespace)} belongs to ${owner}`;
      return [{ at: [...at, "namespace"], reason, fix: 'choose the team\'s own name, for example "storefront"' }];
    }),
  );

/** A cluster's teams have a namespace each. */
const namespacesDiffer: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) => {
    const named = teams(cluster).filter(({ value }) => value.namespace !== undefined);
    return repeated(named, ({ value }) => String(value.namespace)).map(({ item }) => ({
      at: [...item.at, "namespace"],
      reason: `${show(item.value.namespace)} is already an application namespace of ${called(cluster)}`,
      fix: "remove one of the two",
    }));
  });

/** A quota that holds nothing would keep every pod of the team out. */
const quotasHoldSomething: Rule = (fleet) =>
  clusters(fleet).flatMap((cluster) =>
    teams(cluster).flatMap(({ value: { quota }, at }) =>
      (["cpu", "memoryGiB", "pods"] as const).flatMap((key) => {
        const amount = quota?.[key];
        if (amount === undefined || (key === "pods" ? Number.isInteger(amount) && amount >= 1 : amount > 0)) return [];
        return [
          {
            at: [...at, "quota", key],
            reason: `${amount} holds no pod`,
            fix: key === "pods" ? "write a whole number of 1 or more" : "write more than 0",
          },
        ];
      }),
    ),
  );

function ownerOf(namespace: string): string | undefined {
  if (namespace.startsWith("kube-")) return "Kubernetes";
  if (namespace.startsWith("aks-") || OWNED.has(namespace)) return "Kubernetes, AKS or an extension of it";
  if (namespace === FLUX_NAMESPACE) return "Flux";
  const addon = Object.entries(ADDON_NAMESPACE).find(([, name]) => name === namespace)?.[0];
  return addon && `the platform's ${addon}`;
}

/** Rules about the namespaces of application teams. */
export const applicationRules: readonly Rule[] = [
  namespacesAreLabels,
  namespacesAreFree,
  namespacesDiffer,
  quotasHoldSomething,
];
