import { at, isSet, lacks, notOne, text } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const CONFIGURATION = ["kubernetesconfiguration:FluxConfiguration"];
const EXTENSION = ["kubernetesconfiguration:Extension"];

/** Rules about extensions of a cluster. */
export const EXTENSION_RULES: readonly Rule[] = [
  {
    id: "cluster-reference",
    source: "learn.microsoft.com/rest/api/kubernetesconfiguration/extensions/create: uri parameters",
    tokens: [...CONFIGURATION, ...EXTENSION],
    check: reference,
  },
  {
    id: "extension-version",
    source:
      "learn.microsoft.com/azure/azure-arc/kubernetes/extensions: version and autoUpgradeMinorVersion exclude each other",
    tokens: EXTENSION,
    check: extension,
  },
];

function reference(inputs: Inputs): readonly Fault[] {
  const wanted = { clusterRp: "Microsoft.ContainerService", clusterResourceName: "managedClusters" };
  return Object.entries(wanted).flatMap(([name, value]) => {
    const given = text(inputs, name);
    return faultIf(given !== undefined && given !== value, name, `is ${given}, which is not AKS`, `write ${value}`);
  });
}

function extension(inputs: Inputs): readonly Fault[] {
  const scopes = isSet(inputs, "scope") ? notOne(inputs["scope"], ["cluster", "namespace"]) : undefined;
  const pinned = isSet(inputs, "version");
  const upgrades = at(inputs, "autoUpgradeMinorVersion");
  return [
    ...faultIf(scopes !== undefined, "scope", `names ${scopes} of the scopes`, "set cluster or namespace"),
    ...faultIf(
      pinned && upgrades !== false && !(isSet(inputs, "autoUpgradeMinorVersion") && upgrades === undefined),
      "version",
      "is set while minor versions are upgraded by themselves",
      "set autoUpgradeMinorVersion to false",
    ),
    ...faultIf(lacks(inputs, "extensionType"), "extensionType", "is missing", "write one like microsoft.flux"),
  ];
}
