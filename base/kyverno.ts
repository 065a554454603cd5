import { Component, type Scope } from "./component";
import { addRelease, type ChartPin } from "./helm";
import { SYSTEM_NODES, type Toleration } from "./placement";
import { PRIORITY } from "./priority-classes";
import { AKS_ADMISSION_ENFORCER_OFF } from "./workload-identity";

/**
 * Namespaces that no policy looks at: AKS's own and the platform's, none of which a team deploys to. Admission that
 * fails closed on one of them can keep a cluster from starting, upgrading or stopping.
 * Sources: learn.microsoft.com/azure/aks/start-stop-cluster, limitations; kyverno/kyverno#16177 and #4453.
 */
export const EXCLUDED_NAMESPACES = [
  "aks-command",
  "aks-istio-egress",
  "aks-istio-ingress",
  "aks-istio-system",
  "cert-manager",
  "dataprotection-microsoft",
  "external-secrets",
  "flux-system",
  "gatekeeper-system",
  "kiali",
  "kube-node-lease",
  "kube-public",
  "kube-system",
  "kyverno",
  "reloader",
] as const;

/** Kinds beside the chart's own filters that Kyverno never looks at: a node that cannot renew its lease is lost. */
const NEVER_FILTERED_OUT_BY_THE_CHART = ["[Lease,*,*]", "[NodeClaim,*,*]"] as const;

const KEEP = { "helm.sh/resource-policy": "keep" } as const;

/** Props of {@link Kyverno}. */
export interface KyvernoProps {
  /** The chart `kyverno`. */
  readonly chart: ChartPin;
  /** Namespace of the controllers. @default "kyverno" */
  readonly namespace?: string;
  /** Pods of each controller. The chart's advice for high availability is 3 for admission and 2 for the others. @default 3 and 2 */
  readonly replicas?: { readonly admission: number; readonly others: number };
}

/** The values of the chart kyverno 3.9 that are set here. */
interface KyvernoValues {
  readonly global: {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly tolerations: readonly Toleration[];
    readonly priorityClassName: string;
  };
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
  readonly "kyverno-api": { readonly annotations: Readonly<Record<string, string>> };
  readonly config: {
    readonly webhooks: {
      readonly namespaceSelector: {
        readonly matchExpressions: readonly {
          readonly key: string;
          readonly operator: "NotIn";
          readonly values: readonly string[];
        }[];
      };
    };
    readonly webhookAnnotations: Readonly<Record<string, string>>;
    readonly resourceFiltersInclude: readonly string[];
  };
  readonly admissionController: ControllerValues & { readonly topologySpreadConstraints: readonly ZoneSpread[] };
  readonly backgroundController: ControllerValues;
  readonly cleanupController: ControllerValues;
  readonly reportsController: ControllerValues & {
    readonly rbac: { readonly clusterRole: { readonly extraResources: readonly ExtraResource[] } };
  };
}

interface ExtraResource {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface ControllerValues {
  readonly replicas: number;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
}

interface ZoneSpread {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: "ScheduleAnyway";
  readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
}

/** The policy engine. Its policies are the component `kyverno-policies`. */
export class Kyverno extends Component {
  constructor(scope: Scope, props: KyvernoProps) {
    super(scope, "kyverno", {
      dependsOn: ["namespaces", "priority-classes"],
      timeout: "15m",
      charts: [props.chart],
    });
    addRelease<KyvernoValues>(this, {
      name: "kyverno",
      namespace: props.namespace ?? "kyverno",
      chart: props.chart,
      values: values(props.replicas ?? { admission: 3, others: 2 }),
    });
  }
}

function values(replicas: { readonly admission: number; readonly others: number }): KyvernoValues {
  const others = controller(replicas.others);
  return {
    global: { ...SYSTEM_NODES, priorityClassName: PRIORITY.platform },
    // The two subcharts with CRDs. Without it a deleted release takes every policy along.
    // Source: helm.sh/docs/howto/charts_tips_and_tricks, "Tell Helm not to uninstall a resource".
    crds: { annotations: KEEP },
    "kyverno-api": { annotations: KEEP },
    config: {
      // The chart's list is replaced, not extended, so kube-system has to be in ours.
      webhooks: {
        namespaceSelector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: EXCLUDED_NAMESPACES }],
        },
      },
      // The chart's default, repeated since Kyverno and AKS would undo each other's selectors without it.
      webhookAnnotations: AKS_ADMISSION_ENFORCER_OFF,
      resourceFiltersInclude: NEVER_FILTERED_OUT_BY_THE_CHART,
    },
    admissionController: {
      ...controller(replicas.admission),
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { "app.kubernetes.io/component": "admission-controller" } },
        },
      ],
    },
    backgroundController: others,
    cleanupController: others,
    reportsController: { ...others, rbac: { clusterRole: { extraResources: [EPHEMERAL_CONTAINERS] } } },
  };
}

/** Our policies look at these too; without the right to read them Kyverno calls every policy that names them not ready. */
const EPHEMERAL_CONTAINERS: ExtraResource = {
  apiGroups: [""],
  resources: ["pods/ephemeralcontainers"],
  verbs: ["get", "list", "watch"],
};

/** All but one of the pods stay; the chart refuses `maxUnavailable` beside its own default of `minAvailable`. */
function controller(replicas: number): ControllerValues {
  return { replicas, podDisruptionBudget: { enabled: replicas > 1, minAvailable: Math.max(replicas - 1, 1) } };
}
