import { ALERT_GROUPS } from "../../../infra/observability/alert-rules";
import { KUBERNETES_RULES, NODE_RULES } from "../../../infra/observability/recording-rules";

const ALERTS = Object.values(ALERT_GROUPS).flat();

test("nodes, quotas and volumes that run full are told of, at the documents' thresholds", () => {
  const thresholds = ALERTS.flatMap(({ alert, expression }) => {
    const threshold = /> (0\.\d+)/.exec(expression)?.[1];
    return threshold ? [[alert, threshold]] : [];
  });
  expect(thresholds).toEqual([
    ["NodeMemoryPressure", "0.85"],
    ["NodeDiskPressure", "0.80"],
    ["PodResourceQuotaExhausted", "0.90"],
    ["PVCNearlyFull", "0.85"],
    ["PVCCriticallyFull", "0.95"],
  ]);
});

test("every alert says what is wrong, and waits", () => {
  for (const { alert, summary, for: wait } of ALERTS) {
    expect([alert, summary]).toEqual([alert, expect.stringContaining("{{ $labels.")]);
    expect(wait).toMatch(/^PT\d+M$/);
  }
  expect(new Set(ALERTS.map(({ alert }) => alert)).size).toBe(ALERTS.length);
});

test("brackets of every expression are closed", () => {
  for (const { expression } of [...ALERTS, ...NODE_RULES, ...KUBERNETES_RULES]) {
    const text = expression.replace(/"[^"]*"/g, '""');
    for (const [open, close] of ["()", "{}", "[]"].map((pair) => pair.split("") as [string, string])) {
      expect([expression, text.split(open).length]).toEqual([expression, text.split(close).length]);
    }
  }
});

test("a group has no more rules than Azure takes, 20", () => {
  for (const rules of [...Object.values(ALERT_GROUPS), NODE_RULES, KUBERNETES_RULES])
    expect(rules.length).toBeLessThanOrEqual(20);
});
