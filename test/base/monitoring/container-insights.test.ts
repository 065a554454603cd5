import { containerInsightsSettings } from "../../../base/monitoring/container-insights";

const data = containerInsightsSettings({ quietNamespaces: ["kube-system", "noisy"] }).data ?? {};

test("is the one schema the agent takes, with the keys it reads", () => {
  expect(data["schema-version"]).toBe("v1");
  expect(data["config-version"]?.length).toBeLessThanOrEqual(10);
  expect(Object.keys(data)).toEqual(
    expect.arrayContaining(["log-data-collection-settings", "prometheus-data-collection-settings"]),
  );
});

test("environment variables, which may hold secrets, are not copied to the workspace", () => {
  expect(data["log-data-collection-settings"]).toMatch(/\[log_collection_settings\.env_var\]\n {2}enabled = false/);
});

test("logs go to the table that is not retired", () => {
  expect(data["log-data-collection-settings"]).toContain('containerlog_schema_version = "v2"');
});

test("both streams leave out the quiet namespaces", () => {
  const text = data["log-data-collection-settings"] ?? "";
  expect(text.match(/exclude_namespaces = \["kube-system","noisy"\]/g)).toHaveLength(2);
});

test("metrics are left to managed Prometheus", () => {
  expect(data["prometheus-data-collection-settings"]).toContain("monitor_kubernetes_pods = false");
});
