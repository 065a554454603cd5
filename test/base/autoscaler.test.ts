import { App } from "cdk8s";
import { load } from "js-yaml";
import { Autoscaler } from "../../base/autoscaler";
import type { ConfigMap } from "../../imports/k8s";
import { objectsOf } from "../helpers/render";

const priorities = (pools: readonly string[]) => {
  const [map] = objectsOf(new Autoscaler(new App(), { pools })) as unknown as ConfigMap[];
  return { map, read: load(map?.data?.["priorities"] ?? "") as Record<string, string[]> };
};

describe("Autoscaler", () => {
  it("stands where the expander looks", () => {
    expect(priorities(["spot"]).map?.metadata).toEqual({
      name: "cluster-autoscaler-priority-expander",
      namespace: "kube-system",
    });
  });

  it("gives the pool to grow first the highest number", () => {
    const { read } = priorities(["spot", "ondemand"]);
    const highest = Math.max(...Object.keys(read).map(Number));
    expect(read[highest]).toEqual(["^aks-spot-.*"]);
    expect(Object.values(read).flat().sort()).toEqual(["^aks-ondemand-.*", "^aks-spot-.*"]);
  });

  it("matches the scale sets of its pool and no other's", () => {
    const [pattern = ""] = Object.values(priorities(["spot"]).read).flat();
    expect("aks-spot-12345678-vmss").toMatch(new RegExp(pattern));
    expect("aks-spot2-12345678-vmss").not.toMatch(new RegExp(pattern));
  });
});
