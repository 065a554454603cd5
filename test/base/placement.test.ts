import { SPOT_TAINT, SPOT_TOLERATION, SYSTEM_NODES } from "../../base/placement";

test("the toleration of Spot nodes matches their taint, field by field", () => {
  expect(SPOT_TOLERATION).toMatchObject(SPOT_TAINT);
  expect(SPOT_TOLERATION.operator).toBe("Equal");
});

test("platform controllers need Regular machines: system nodes by their label, and leave to run there", () => {
  expect(SYSTEM_NODES.nodeSelector).toEqual({ "kubernetes.azure.com/mode": "system" });
  expect(SYSTEM_NODES.tolerations).toEqual([{ key: "CriticalAddonsOnly", operator: "Exists" }]);
});
