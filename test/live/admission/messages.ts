import type { Policy } from "./corpus";

/** The policy that only takes notes. */
export const AUDITED = "require-labels";

/** What a policy says, whole, and in it who is to blame. */
export function messageOf(policy: Policy, registry: string): RegExp {
  const places = `${registry}, docker.io/library, ghcr.io/external-secrets, ghcr.io/kyverno, ghcr.io/stakater, mcr.microsoft.com, quay.io, registry.k8s.io`;
  const texts = {
    "disallow-privileged-containers":
      "container {} is privileged, so it is root on the node: remove securityContext.privileged, and ask for single capabilities instead.",
    "require-labels": "the pod lacks the label {}: set it in the pod template's metadata.labels.",
    "require-resource-limits":
      "container {} needs resources: set requests.cpu, requests.memory, limits.cpu, limits.memory of each container and init container.",
    "restrict-image-registries": `image {} is not from an allowed registry (${places}). Copy it: az acr import --name ${registry.split(".")[0]} --source <image>, then use ${registry}/<name>:<tag>.`,
  };
  const text = texts[policy].replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace("\\{\\}", "(.+)");
  return new RegExp(`${refusal(policy)}${text}$`);
}

/** How a refusal by a policy begins; empty for the one that refuses nothing. */
function refusal(policy: Policy): string {
  if (policy === AUDITED) return "";
  return `^admission webhook "vpol\\.validate\\.kyverno\\.svc-fail-finegrained-${policy}" denied the request: Policy ${policy} failed: `;
}
