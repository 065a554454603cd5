import { at, entries, isOff, isSet, lacks, list, text, texts } from "./read";
import { type Fault, faultIf, type Inputs, type Rule } from "./rule";

const CLUSTER = ["containerservice:ManagedCluster"];
const AKS = "learn.microsoft.com/azure/aks";

/** Rules about an AKS cluster by itself. */
export const CLUSTER_RULES: readonly Rule[] = [
  {
    id: "mesh",
    source: `${AKS}/istio-deploy-addon, istio-upgrade; declarations of azure-native: IstioIngressGatewayArgs`,
    tokens: CLUSTER,
    check: mesh,
  },
  {
    id: "cluster-identity",
    source: `${AKS}/use-managed-identity: own kubelet identity; workload-identity-deploy-cluster`,
    tokens: CLUSTER,
    check: identity,
  },
  { id: "cluster-tier", source: `${AKS}/long-term-support; cost-analysis`, tokens: CLUSTER, check: tier },
  { id: "cluster-access", source: `${AKS}/manage-local-accounts-managed-azure-ad`, tokens: CLUSTER, check: access },
  {
    id: "addon-config",
    source: `${AKS}/csi-secrets-store-driver; learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable`,
    tokens: CLUSTER,
    check: addons,
  },
  {
    id: "dns-prefix",
    source:
      "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerservice; dnsPrefix",
    tokens: CLUSTER,
    check: dnsPrefix,
  },
];

function mesh(inputs: Inputs): readonly Fault[] {
  const modes = list(inputs, "serviceMeshProfile", "istio", "components", "ingressGateways").flatMap(
    (gateway) => text(gateway, "mode") ?? [],
  );
  const revisions = texts(inputs, "serviceMeshProfile", "istio", "revisions").flatMap((revision, index) =>
    faultIf(
      !/^asm-\d+-\d+$/.test(revision),
      `serviceMeshProfile.istio.revisions[${index}]`,
      `is ${revision}`,
      "write one like asm-1-30",
    ),
  );
  const path = "serviceMeshProfile.istio.components.ingressGateways";
  return [
    ...revisions,
    ...faultIf(
      new Set(modes).size < modes.length,
      path,
      `has ${modes.join(" and ")}`,
      "keep one External and one Internal at most",
    ),
  ];
}

function identity(inputs: Inputs): readonly Fault[] {
  const type = text(inputs, "identity", "type");
  const workload = at(inputs, "securityProfile", "workloadIdentity", "enabled") === true;
  return [
    ...faultIf(
      type === "UserAssigned" && lacks(inputs, "identity", "userAssignedIdentities"),
      "identity.userAssignedIdentities",
      "is missing",
      "name the identity",
    ),
    ...faultIf(
      isSet(inputs, "identityProfile", "kubeletidentity") && type !== undefined && type !== "UserAssigned",
      "identity.type",
      `is ${type}, which cannot manage the kubelet identity before the cluster exists`,
      "write UserAssigned",
    ),
    ...entries(inputs, "identityProfile").flatMap(([key]) =>
      faultIf(
        key !== "kubeletidentity",
        `identityProfile.${key}`,
        "is not an identity AKS knows",
        "write kubeletidentity",
      ),
    ),
    ...faultIf(
      workload && isOff(inputs, "oidcIssuerProfile", "enabled"),
      "oidcIssuerProfile.enabled",
      "is not on, though workload identity is",
      "set it to true",
    ),
  ];
}

function tier(inputs: Inputs): readonly Fault[] {
  const name = lacks(inputs, "sku", "tier") ? "Free" : text(inputs, "sku", "tier");
  return [
    ...faultIf(
      text(inputs, "supportPlan") === "AKSLongTermSupport" && name !== undefined && name !== "Premium",
      "supportPlan",
      `is AKSLongTermSupport on tier ${name}`,
      "take tier Premium, or KubernetesOfficial",
    ),
    ...faultIf(
      at(inputs, "metricsProfile", "costAnalysis", "enabled") === true && name === "Free",
      "metricsProfile.costAnalysis.enabled",
      "asks for a tier above Free",
      "take tier Standard, or leave it out",
    ),
  ];
}

function access(inputs: Inputs): readonly Fault[] {
  const closed = isOff(inputs, "aadProfile", "managed");
  return [
    ...faultIf(
      at(inputs, "disableLocalAccounts") === true && closed,
      "disableLocalAccounts",
      "is on without Entra sign-in, which would lock everybody out",
      "set aadProfile.managed",
    ),
    ...faultIf(
      at(inputs, "aadProfile", "enableAzureRBAC") === true && closed,
      "aadProfile.managed",
      "is not on, though Azure RBAC is",
      "set it to true",
    ),
  ];
}

const ADDONS: Readonly<Record<string, readonly string[]>> = {
  azureKeyvaultSecretsProvider: ["enableSecretRotation", "rotationPollInterval"],
  omsagent: ["logAnalyticsWorkspaceResourceID", "useAADAuth"],
  azurepolicy: ["version"],
};

function addons(inputs: Inputs): readonly Fault[] {
  return entries(inputs, "addonProfiles").flatMap(([name, profile]) => {
    const known = ADDONS[name];
    if (!known)
      return [
        {
          path: `addonProfiles.${name}`,
          reason: "is not an add-on of this platform",
          fix: `write one of ${Object.keys(ADDONS).join(", ")}`,
        },
      ];
    return entries(profile, "config").flatMap(([key]) =>
      faultIf(
        !known.includes(key),
        `addonProfiles.${name}.config.${key}`,
        "is not a setting of the add-on",
        `write one of ${known.join(", ")}`,
      ),
    );
  });
}

function dnsPrefix(inputs: Inputs): readonly Fault[] {
  const prefix = text(inputs, "dnsPrefix");
  const both = isSet(inputs, "dnsPrefix") && isSet(inputs, "fqdnSubdomain");
  const malformed = prefix !== undefined && !/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/.test(prefix);
  return [
    ...faultIf(both, "dnsPrefix", "stands beside fqdnSubdomain", "keep one of them"),
    ...faultIf(malformed, "dnsPrefix", `is ${prefix}`, "take at most 54 letters, digits and dashes, none at the ends"),
  ];
}
