import { Component, type Scope } from "./component";
import { addRelease, type ChartPin } from "./helm";
import { EXCLUDED_NAMESPACES } from "./kyverno";
import { type Placement, SYSTEM_NODES } from "./placement";
import { PRIORITY } from "./priority-classes";
import { type ContainerResources, resources } from "./resources";

/** Namespace and name of the release. */
const RELOADER = "reloader";

/** Props of {@link Reloader}. */
export interface ReloaderProps {
  /** The chart. */
  readonly chart: ChartPin;
  /** Replicas; one is active, the others stand by. A change that none sees is never made up for. @default 2 */
  readonly replicas?: number;
  /** Namespaces it never looks at. @default AKS's and the platform's own */
  readonly ignoredNamespaces?: readonly string[];
}

/** The values of the chart that we set. Source: stakater/Reloader, Helm values and CLI flags reference. */
interface ReloaderValues {
  readonly fullnameOverride: string;
  readonly reloader: {
    readonly enableCSIIntegration: true;
    readonly reloadStrategy: "annotations";
    readonly ignoreNamespaces: string;
    readonly ignoreJobs: true;
    readonly ignoreCronJobs: true;
    readonly enableHA: boolean;
    readonly readOnlyRootFileSystem: true;
    readonly logFormat: "json";
    readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
    readonly deployment: Placement & {
      readonly replicas: number;
      readonly priorityClassName: string;
      readonly resources: ContainerResources;
      readonly securityContext: {
        readonly runAsNonRoot: true;
        readonly runAsUser: number;
        readonly seccompProfile: { readonly type: "RuntimeDefault" };
      };
      readonly containerSecurityContext: {
        readonly allowPrivilegeEscalation: false;
        readonly capabilities: { readonly drop: readonly ["ALL"] };
        readonly readOnlyRootFilesystem: true;
      };
    };
  };
}

/**
 * Restarts an application's pods when a secret they mount has changed in the Key Vault. Only workloads that ask for it by an
 * annotation; never the ingress gateway, which reads its certificate anew by itself and whose Deployment is AKS's.
 */
export class Reloader extends Component {
  constructor(scope: Scope, props: ReloaderProps) {
    super(scope, "reloader", {
      dependsOn: ["namespaces", "priority-classes"],
      charts: [props.chart],
      timeout: "15m",
    });
    addRelease<ReloaderValues>(this, {
      name: RELOADER,
      namespace: RELOADER,
      chart: props.chart,
      values: values(props),
    });
  }
}

function values({ replicas = 2, ignoredNamespaces = EXCLUDED_NAMESPACES }: ReloaderProps): ReloaderValues {
  return {
    // Else everything is called reloader-reloader.
    fullnameOverride: RELOADER,
    reloader: {
      // Else it sees Secrets only, and ours are files without one.
      enableCSIIntegration: true,
      // The default writes an environment variable into the container, a field that Flux owns and would take back.
      reloadStrategy: "annotations",
      ignoreNamespaces: ignoredNamespaces.join(","),
      // They read their secrets when they start; running one again is not a restart.
      ignoreJobs: true,
      ignoreCronJobs: true,
      enableHA: replicas > 1,
      readOnlyRootFileSystem: true,
      logFormat: "json",
      podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
      deployment: {
        ...SYSTEM_NODES,
        replicas,
        priorityClassName: PRIORITY.platform,
        resources: resources("25m", "256Mi"),
        securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
        containerSecurityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
        },
      },
    },
  };
}
