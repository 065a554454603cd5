import { load } from "js-yaml";
import { meshScrapeConfig } from "../../base/istio-metrics";

interface Job {
  readonly job_name: string;
  readonly metrics_path?: string;
  readonly relabel_configs: readonly Readonly<Record<string, unknown>>[];
}

const text = meshScrapeConfig().data?.["prometheus-config"] ?? "";
const jobs = (load(text) as { readonly scrape_configs: readonly Job[] }).scrape_configs;
const job = (name: string) => jobs.find((entry) => entry.job_name === name);

test("is the ConfigMap and key that the managed Prometheus agent reads", () => {
  expect(meshScrapeConfig().metadata).toEqual({ name: "ama-metrics-prometheus-config", namespace: "kube-system" });
  expect(text).not.toBe("");
});

test("holds nothing that Flux would take for a variable", () => {
  expect(text).not.toContain("${");
  expect(text).toContain("replacement: $1:15020");
});

test("scrapes sidecars once, at the port that stays plain under STRICT", () => {
  expect(job("istio-proxies")?.metrics_path).toBe("/stats/prometheus");
  expect(job("istio-proxies")?.relabel_configs).toContainEqual({
    source_labels: ["__meta_kubernetes_pod_container_port_name"],
    action: "keep",
    regex: ".*-envoy-prom",
  });
});

test("scrapes istiod in AKS's namespace", () => {
  expect(job("istiod")).toMatchObject({
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: ["aks-istio-system"] } }],
  });
});

test("names namespace and pod in every job", () => {
  for (const { relabel_configs } of jobs) {
    const targets = relabel_configs.map((rule) => rule["target_label"]);
    expect(targets).toEqual(expect.arrayContaining(["namespace", "pod"]));
  }
});
