import type { Manifest } from "./types";
import { at, listAt, textAt } from "./values";

/** A service account that acts in Azure. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
  /** Client id, or the reference to the variable that holds it. @default none: whoever uses the token says as whom */
  readonly clientId?: string;
  /** Whether it is meant to act in Azure at all. */
  readonly federated: boolean;
}

/** Pods that run as a service account. */
export interface Pods {
  readonly namespace: string;
  readonly account: string;
  readonly labels: Readonly<Record<string, unknown>>;
}

/** Label by which AKS's webhook gives pods a token for Azure. Source: learn.microsoft.com/azure/aks/workload-identity-overview. */
export const USE_LABEL = "azure.workload.identity/use";
const CLIENT_ID = "azure.workload.identity/client-id";

/** Where a pod's template stands, by kind. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  DaemonSet: ["spec", "template"],
  Deployment: ["spec", "template"],
  Job: ["spec", "template"],
  StatefulSet: ["spec", "template"],
};

/** The service accounts that an object is, or that a chart it installs creates. */
export function accountsOf(object: Manifest): readonly Account[] {
  if (object.kind === "ServiceAccount") {
    const clientId = object.metadata.annotations?.[CLIENT_ID];
    const { namespace = "default", name } = object.metadata;
    return [{ namespace, name, clientId, federated: clientId !== undefined || uses(object.metadata.labels) }];
  }
  const chart = chartOf(object);
  const name = chart && textAt(chart.values, "serviceAccount", "name");
  if (!chart || !name || listAt(chart.values, "skipResources").includes("sa")) return [];
  const clientId = textAt(chart.values, "serviceAccount", "annotations", CLIENT_ID);
  const labels = at(chart.values, "serviceAccount", "labels");
  return [{ namespace: chart.namespace, name, clientId, federated: clientId !== undefined || uses(labels) }];
}

/** The pods that an object makes, or that a chart it installs makes as an account of ours. */
export function podsOf(object: Manifest): readonly Pods[] {
  const template = TEMPLATES[object.kind];
  if (template) {
    const labels = at(object, ...template, "metadata", "labels");
    const account = textAt(object, ...template, "spec", "serviceAccountName") ?? "default";
    return [{ namespace: object.metadata.namespace ?? "default", account, labels: labelsOf(labels) }];
  }
  const chart = chartOf(object);
  if (!chart) return [];
  // Most charts take an account's name; Kiali's names it as the instance.
  const account = textAt(chart.values, "serviceAccount", "name") ?? textAt(chart.values, "deployment", "instance_name");
  const labels = at(chart.values, "podLabels") ?? at(chart.values, "deployment", "pod_labels");
  return account ? [{ namespace: chart.namespace, account, labels: labelsOf(labels) }] : [];
}

/** Whether labels say that pods act in Azure. */
export function uses(labels: unknown): boolean {
  return at(labels, USE_LABEL) === "true";
}

function chartOf(object: Manifest): { readonly namespace: string; readonly values: unknown } | undefined {
  if (object.kind !== "HelmRelease") return undefined;
  const namespace = textAt(object, "spec", "targetNamespace") ?? object.metadata.namespace ?? "default";
  return { namespace, values: at(object, "spec", "values") };
}

function labelsOf(labels: unknown): Readonly<Record<string, unknown>> {
  return typeof labels === "object" && labels !== null ? (labels as Record<string, unknown>) : {};
}
