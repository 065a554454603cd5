import { join } from "node:path";
import { clusterOf, componentsOf, FLUX_NAMESPACE, type Fleet } from "../../clusters/fleet";
import { portable } from "./credentials";
import { reconcileNow } from "./flux";
import type { Plane } from "./plane";
import { startProcess } from "./processes";
import { type StateFolder, save } from "./state";
import { until } from "./wait";

const NAMESPACE = "kyverno";
const ACCOUNT = "kyverno-admission-controller";

/** The webhooks that Kyverno registers once it has policies. */
const WEBHOOK = "kyverno-resource-validating-webhook-cfg";

/** Whether a cluster of the fleet runs Kyverno. */
export function runsKyverno(fleet: Fleet, cluster: string): boolean {
  return componentsOf(clusterOf(fleet, cluster)).includes("kyverno");
}

/** Name of Kyverno's process on a cluster. */
export function kyvernoProcess(cluster: string): string {
  return `${cluster}-kyverno`;
}

/**
 * Starts the real admission controller beside the plane, with the rights of the account that its chart makes and no others. The chart has to be
 * installed: settings and CRDs are its.
 */
export async function startKyverno(state: StateFolder, plane: Plane, program: string): Promise<void> {
  const kubeconfig = await kubeconfigOf(plane);
  const port = plane.ports.kyverno;
  startProcess(state, {
    name: kyvernoProcess(plane.name),
    program,
    cwd: plane.folder,
    env: {
      KYVERNO_NAMESPACE: NAMESPACE,
      KYVERNO_SERVICEACCOUNT_NAME: ACCOUNT,
      KYVERNO_DEPLOYMENT: ACCOUNT,
      KYVERNO_POD_NAME: "beside-the-cluster",
      INIT_CONFIG: "kyverno",
      METRICS_CONFIG: "kyverno-metrics",
    },
    args: [
      `--kubeconfig=${kubeconfig}`,
      // Has webhooks registered by address instead of by service: nothing routes services here.
      `--serverIP=127.0.0.1:${port}`,
      "--webhookServerHost=127.0.0.1",
      `--webhookServerPort=${port}`,
      `--backgroundServiceAccountName=system:serviceaccount:${NAMESPACE}:kyverno-background-controller`,
      `--reportsServiceAccountName=system:serviceaccount:${NAMESPACE}:kyverno-reports-controller`,
      `--caSecretName=kyverno-svc.${NAMESPACE}.svc.kyverno-tls-ca`,
      `--tlsSecretName=kyverno-svc.${NAMESPACE}.svc.kyverno-tls-pair`,
      "--disableMetrics=true",
      `--metricsPort=${plane.ports.kyvernoMetrics}`,
      "--controllerRuntimeMetricsAddress=0",
      // By default it takes nine tenths of the machine's memory for its own.
      "--autoMemLimitEnabled=false",
    ],
  });
}

/** Whether the chart has made what the controller needs. */
export async function chartHasKyverno(plane: Plane): Promise<boolean> {
  const [settings, account] = await Promise.all([
    plane.client.get("v1", "ConfigMap", "kyverno", NAMESPACE),
    plane.client.get("v1", "ServiceAccount", ACCOUNT, NAMESPACE),
  ]);
  return settings !== undefined && account !== undefined;
}

/** Waits until Kyverno can answer, then has Flux try the policies again: kwok's pods are ready sooner than Kyverno is. */
export async function kyvernoAnswers(plane: Plane, signal?: AbortSignal): Promise<void> {
  const certificate = () =>
    plane.client.get("v1", "Secret", `kyverno-svc.${NAMESPACE}.svc.kyverno-tls-pair`, NAMESPACE);
  await until(`Kyverno's certificate on ${plane.name}`, certificate, signal ? { signal } : {});
  const policies = ["kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kyverno-policies"] as const;
  if (await plane.client.get(...policies, FLUX_NAMESPACE)) await reconcileNow(plane, ...policies);
}

/** Waits until Kyverno's policies bite. */
export async function kyvernoServes(plane: Plane, signal?: AbortSignal): Promise<void> {
  const look = async () => {
    const found = await plane.client.get("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", WEBHOOK);
    return ((found as { webhooks?: unknown[] } | undefined)?.webhooks ?? []).length > 0;
  };
  await until(`Kyverno's webhooks on ${plane.name}`, look, signal ? { signal } : {});
}

async function kubeconfigOf(plane: Plane): Promise<string> {
  const { status } = await plane.client.send<{ status: { token: string } }>({
    method: "POST",
    path: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${ACCOUNT}/token`,
    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 7 * 86_400 } },
  });
  const file = join(plane.folder, "kyverno.kubeconfig");
  const { server, ca } = plane.client.access;
  save(file, portable(NAMESPACE, { server, ca, token: status.token }));
  return file;
}
