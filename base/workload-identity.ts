/**
 * Pods that act in Azure carry this label, or the webhook gives them no token. Source: learn.microsoft.com/azure/aks/workload-identity-overview.
 */
export const WORKLOAD_IDENTITY_LABEL = { "azure.workload.identity/use": "true" } as const;

/** Annotations of a service account that stands for an identity. */
export function identityAnnotations(clientId: string): Readonly<Record<string, string>> {
  return { "azure.workload.identity/client-id": clientId };
}

/**
 * Keeps AKS from adding namespace selectors to a webhook, which Flux's drift detection would take for drift and undo, without end.
 * Source: learn.microsoft.com/azure/aks/faq, "Can admission controller webhooks impact kube-system".
 */
export const AKS_ADMISSION_ENFORCER_OFF = { "admissions.enforcer/disabled": "true" } as const;
