import { load } from "js-yaml";
import { prometheusSettings } from "../../../base/monitoring/prometheus-settings";

const data =
  prometheusSettings({ cluster: "aks-app1", interval: "30s", keep: { kubestate: "kube_a_.*|kube_b" } }).data ?? {};
/** A key as the agent reads it: YAML of blocks of `key = value` lines. */
const block = (key: string, name: string) => (load(data[key] ?? "") as Record<string, string>)[name]?.split("\n") ?? [];

test("is the second schema, in which the keys have these names; the agent refuses unknown schemas", () => {
  expect(data["schema-version"]).toBe("v2");
  expect(data["config-version"]?.length).toBeLessThanOrEqual(10);
  expect(Object.keys(data).sort()).toEqual([
    "cluster-metrics",
    "config-version",
    "controlplane-metrics",
    "prometheus-collector-settings",
    "schema-version",
  ]);
  expect(Object.keys(load(data["cluster-metrics"] ?? "") as object)).toEqual([
    "default-targets-scrape-enabled",
    "pod-annotation-based-scraping",
    "default-targets-metrics-keep-list",
    "minimal-ingestion-profile",
    "default-targets-scrape-interval-settings",
  ]);
});

test("metrics carry the cluster's name", () => {
  expect(data["prometheus-collector-settings"]).toContain('cluster_alias = "aks-app1"');
});

test("every target is switched, and every one that we scrape has an interval and a keep list", () => {
  const enabled = block("cluster-metrics", "default-targets-scrape-enabled");
  expect(enabled).toEqual(expect.arrayContaining(["kubelet = true", "windowsexporter = false"]));
  for (const line of enabled) {
    expect(line).toMatch(/^[A-Za-z-]+ = (true|false)$/);
    const [target, on] = line.split(" = ");
    if (on === "false") continue;
    expect(block("cluster-metrics", "default-targets-scrape-interval-settings")).toContain(`${target} = "30s"`);
    expect(block("cluster-metrics", "default-targets-metrics-keep-list").join("\n")).toContain(`${target} = "`);
  }
});

test("what is kept beyond the minimal profile is asked for by target", () => {
  expect(block("cluster-metrics", "minimal-ingestion-profile")).toEqual(["enabled = true"]);
  expect(block("cluster-metrics", "default-targets-metrics-keep-list")).toContain('kubestate = "kube_a_.*|kube_b"');
});

test("pods with prometheus.io annotations are not scraped a second time", () => {
  expect(block("cluster-metrics", "pod-annotation-based-scraping")).toEqual(['podannotationnamespaceregex = ""']);
});

test("parts of the control plane are named without a prefix, as the second schema has it", () => {
  const parts = block("controlplane-metrics", "default-targets-scrape-enabled");
  expect(parts).toContain("apiserver = true");
  expect(parts.join()).not.toContain("controlplane-");
});
