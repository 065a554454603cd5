import type { ScaledObject } from "../imports/keda.sh";
import type { ScaledDeployment } from "./application";
import { CPU_TARGET_PERCENT } from "./application/scaling";
import { Component, type Scope } from "./component";
import { add } from "./object";

/** Days as cron counts them. */
const DAYS = { Sun: 0, Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6 } as const;

/** When workloads run. */
export interface WorkingHours {
  /** `HH:MM`. */
  readonly start: string;
  /** `HH:MM`, later than `start`. */
  readonly end: string;
  /** Days with working hours. */
  readonly days: readonly (keyof typeof DAYS)[];
}

/** Props of {@link Night}. */
export interface NightProps {
  /** IANA time zone of the schedule. */
  readonly timeZone: string;
  /** Outside it nothing runs. */
  readonly schedule: WorkingHours;
  /** What is scaled; each has a HorizontalPodAutoscaler and a container of its own name. */
  readonly workloads: readonly ScaledDeployment[];
}

/**
 * Scales workloads to zero at night, so that Karpenter removes the nodes that empties. A cluster with node auto-provisioning
 * cannot be stopped; this is what it saves instead. Source: learn.microsoft.com/azure/aks/node-auto-provisioning, limitations.
 */
export class Night extends Component {
  constructor(scope: Scope, props: NightProps) {
    super(scope, "night", { after: ["workloads-*"] });
    for (const workload of props.workloads) addScaledObject(this, props, workload);
  }
}

/**
 * KEDA takes over the workload's own HorizontalPodAutoscaler instead of adding one beside it, or the two would scale one
 * Deployment against each other. Source: keda.sh/docs/2.19/reference/scaledobject-spec, transfer-hpa-ownership.
 * Cron alone decides between zero and running, CPU how many run by day: KEDA ignores CPU and memory when it scales to or from
 * zero. Source: keda.sh/docs/2.19/scalers/cpu.
 */
function addScaledObject(scope: Scope, { timeZone, schedule }: NightProps, workload: ScaledDeployment): void {
  const { name, namespace, replicas } = workload;
  add<ScaledObject>(scope, {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata: { name, namespace, annotations: { "scaledobject.keda.sh/transfer-hpa-ownership": "true" } },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicaCount: 0,
      maxReplicaCount: replicas.max,
      pollingInterval: 30,
      // Zero comes this many seconds after the end.
      cooldownPeriod: 300,
      advanced: {
        horizontalPodAutoscalerConfig: { name },
        // Else a workload that is taken off the schedule at night would stay at zero, where no HorizontalPodAutoscaler wakes it.
        restoreToOriginalReplicaCount: true,
      },
      triggers: [
        {
          type: "cron",
          metadata: {
            timezone: timeZone,
            ...cron(schedule),
            desiredReplicas: String(replicas.min),
          },
        },
        {
          type: "cpu",
          metricType: "Utilization",
          metadata: { value: String(CPU_TARGET_PERCENT), containerName: name },
        },
      ],
    },
  });
}

/** When cron starts and ends a working day. */
function cron({ start, end, days }: WorkingHours): { readonly start: string; readonly end: string } {
  if (days.length === 0) throw new Error("the night schedule has no working day, so nothing would ever run");
  const at = (time: string) => `${clock(time)} * * ${dayList(days)}`;
  const window = { start: at(start), end: at(end) };
  if (start >= end) throw new Error(`the working day ends (${end}) before it starts (${start})`);
  return window;
}

/** `09:05` as cron's first two fields, `5 9`. */
function clock(time: string): string {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) throw new Error(`"${time}" is no time of day: write HH:MM`);
  return `${Number(match[2])} ${Number(match[1])}`;
}

/** Days in the order of the week, a row of them as a range: `1-5`. */
function dayList(days: WorkingHours["days"]): string {
  const numbers = [...new Set(days.map((day) => DAYS[day]))].sort((a, b) => a - b);
  const [first = 0] = numbers;
  const last = first + numbers.length - 1;
  return numbers.length > 2 && numbers.at(-1) === last ? `${first}-${last}` : numbers.join(",");
}
