import type { ConfigMap } from "../imports/k8s";
import { Component, type Scope } from "./component";
import { embeddedYaml } from "./embedded";
import { add } from "./object";

/** Props of {@link Autoscaler}. */
export interface AutoscalerProps {
  /** Names of the node pools the cluster autoscaler may grow, the one to grow first leading. */
  readonly pools: readonly string[];
}

/**
 * Which node pool the cluster autoscaler grows first: its expander `priority` reads this ConfigMap, and chooses at random without
 * it. Higher numbers win; names are those of AKS's scale sets, `aks-<pool>-<number>-vmss`.
 * Source: learn.microsoft.com/azure/aks/cluster-autoscaler, priority expander; its name and namespace are the autoscaler's own.
 */
export class Autoscaler extends Component {
  constructor(scope: Scope, { pools }: AutoscalerProps) {
    super(scope, "autoscaler");
    const priorities = Object.fromEntries(
      pools.map((pool, index) => [(pools.length - index) * 10, [`^aks-${pool}-.*`]]),
    );
    add<ConfigMap>(this, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "cluster-autoscaler-priority-expander", namespace: "kube-system" },
      data: { priorities: embeddedYaml(priorities) },
    });
  }
}
