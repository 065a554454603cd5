import { App } from "cdk8s";
import { Monitoring, type MonitoringProps } from "../../base/monitoring";
import type { PodMonitor, ServiceMonitor } from "../../imports/azmonitoring.coreos.com";
import { objectOf, objectsOf } from "../helpers/render";

const component = (props: Partial<MonitoringProps> = {}) =>
  new Monitoring(new App(), { cluster: "aks-app1", addons: ["cert-manager", "kyverno"], ...props });

test("configures the agents in kube-system, under the names they read", () => {
  const maps = objectsOf(component({ addons: [] })).map(({ kind, metadata }) => [
    kind,
    metadata.namespace,
    metadata.name,
  ]);
  expect(maps).toEqual([
    ["ConfigMap", "kube-system", "ama-metrics-settings-configmap"],
    ["ConfigMap", "kube-system", "container-azm-ms-agentconfig"],
  ]);
});

test("leaves the mesh's scrape configuration to the component istio", () => {
  expect(objectsOf(component()).map(({ metadata }) => metadata.name)).not.toContain("ama-metrics-prometheus-config");
});

test("monitors are of Azure's group: the agent reads no others", () => {
  for (const { kind, apiVersion } of objectsOf(component())) {
    if (kind.endsWith("Monitor")) expect(apiVersion).toBe("azmonitoring.coreos.com/v1");
  }
});

test("scrapes the add-ons that the cluster runs, each in its namespace, and comes after them", () => {
  const monitors = objectsOf(component()).filter(({ kind }) => kind.endsWith("Monitor"));
  expect(monitors.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name])).toEqual([
    ["PodMonitor", "cert-manager", "cert-manager"],
    ["ServiceMonitor", "kyverno", "kyverno"],
  ]);
  expect(component({ addons: ["kyverno", "cert-manager"] }).delivery).toEqual({
    dependsOn: ["namespaces"],
    after: ["cert-manager", "kyverno"],
  });
});

test("ports and labels are those of the charts", () => {
  const all = component({ addons: ["cert-manager", "external-secrets", "kiali", "kyverno", "reloader"] });
  const pods = (name: string) => objectOf<PodMonitor>(all, "PodMonitor", name).spec;
  const port = (name: string) => pods(name).podMetricsEndpoints?.[0]?.port;
  expect([port("cert-manager"), port("external-secrets"), port("kiali"), port("reloader")]).toEqual([
    "http-metrics",
    "metrics",
    "http-metrics",
    "http",
  ]);
  expect(pods("reloader").selector.matchLabels).toEqual({ app: "reloader" });
  // Kyverno's controllers name the port of their pods differently, that of their Services alike.
  const services = objectOf<ServiceMonitor>(all, "ServiceMonitor", "kyverno").spec;
  expect(services.endpoints[0]?.port).toBe("metrics-port");
});

test("keeps within what the workspace takes", () => {
  expect(objectOf<PodMonitor>(component(), "PodMonitor").spec).toMatchObject({
    labelLimit: 63,
    labelNameLengthLimit: 511,
    labelValueLengthLimit: 1023,
  });
});

test("one interval holds for targets and monitors", () => {
  const slow = component({ interval: "60s" });
  expect(objectOf<PodMonitor>(slow, "PodMonitor").spec.podMetricsEndpoints?.[0]?.interval).toBe("60s");
  expect(objectOf(slow, "ConfigMap", "ama-metrics-settings-configmap").data?.["cluster-metrics"]).toContain(
    'kubelet = "60s"',
  );
});
