import type { PriorityClass } from "../imports/k8s";
import { Component, type Scope } from "./component";
import { add } from "./object";

/** Names of the priority classes, the most important first. */
export const PRIORITY = { platform: "platform", ingress: "ingress", application: "application" } as const;

/**
 * What is evicted first when nodes run short: applications, then what stands in the way of requests, then the platform's controllers,
 * which everything needs to come back. All lie below the two billion of the `system-` classes, which are AKS's.
 * A class's value cannot be changed, only the class replaced. Source: kubernetes.io, pod priority and preemption.
 */
const TIERS: readonly (readonly [name: string, value: number, description: string])[] = [
  [PRIORITY.platform, 1_000_000, "Controllers of the platform: certificates, policies, secrets."],
  [PRIORITY.ingress, 900_000, "What requests from outside pass through."],
  [PRIORITY.application, 100_000, "Workloads of application teams."],
];

/** The three tiers. None is the global default, since that would also rank AKS's own pods that name no class. */
export class PriorityClasses extends Component {
  constructor(scope: Scope) {
    super(scope, "priority-classes");
    for (const [name, value, description] of TIERS) {
      add<PriorityClass>(this, {
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        metadata: { name },
        value,
        preemptionPolicy: "PreemptLowerPriority",
        description,
      });
    }
  }
}
