/** What an application team says of its application; the overlay of its cluster holds it. */
export interface ApplicationProps {
  /** Name of the application, of its Deployment, Service, service account and identity: lower-case letters, digits, dashes. */
  readonly name: string;
  /** Namespace of the team, listed under `applications` of the cluster in `clusters/fleet.ts`. */
  readonly namespace: string;
  /** Image with a tag that is its version; a digest may follow the tag. `latest` is refused. */
  readonly image: string;
  /** Port that the container answers HTTP on, above 1023 since it does not run as root. */
  readonly port: number;
  /** Public hostname, one label below the cluster's ingress domain; needs the mesh. @default not reachable from outside */
  readonly host?: string;
  /** Paths that may be requested from outside, each exact or with a `*` at its end. @default ["/*"], all */
  readonly paths?: readonly string[];
  /** Fewest and most pods; how many is decided by their CPU use. */
  readonly replicas: Replicas;
  /** What one pod needs. */
  readonly resources: Resources;
  /** Names of Key Vault secrets, each mounted as a file of that name in `/mnt/secrets`. @default none */
  readonly secrets?: readonly string[];
  /** A second version that gets a share of the requests from outside; needs `host`. @default none */
  readonly canary?: Canary;
  /** How often, and how long each time, the gateway tries a request that was not taken; needs `host`. @default Istio's: 2 retries */
  readonly retries?: Retries;
  /** How long the gateway waits for the whole answer, retries included, as a Go duration; needs `host`. @default no limit */
  readonly timeout?: string;
  /** Environment variables; nothing secret. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Paths that tell how the application is. */
  readonly probes?: Probes;
  /** What the application calls, beyond name resolution. @default nothing */
  readonly calls?: readonly Call[];
}

/** Fewest and most pods. */
export interface Replicas {
  /** At least 1; at least 2 to stand the loss of a Spot node. */
  readonly min: number;
  /** Not below `min`. */
  readonly max: number;
}

/** What one pod needs. */
export interface Resources {
  /** CPU it is promised: `250m`, or vCPUs such as `1` and `0.5`. */
  readonly cpu: string;
  /** Most CPU it can use. @default four times `cpu` */
  readonly cpuLimit?: string;
  /** Memory it is promised, and killed above: `256Mi` or `1Gi`. */
  readonly memory: string;
}

/** A second version. */
export interface Canary {
  /** Image with a tag, as in {@link ApplicationProps.image}. */
  readonly image: string;
  /** Share of the requests from outside, in percent: 0 to 100. */
  readonly weight: number;
}

/** What happens to a request that was not taken. */
export interface Retries {
  /** Most further tries. */
  readonly attempts: number;
  /** How long one try may take, as a Go duration, for example `2s`. */
  readonly perTryTimeout: string;
}

/** Paths answered with 200 while all is well. */
export interface Probes {
  /** The pod gets requests only while this is well. @default "/readyz" */
  readonly readiness?: string;
  /** The container is restarted when this fails for 30 seconds. @default "/healthz" */
  readonly liveness?: string;
}

/** Somewhere that pods may open connections to. */
export type Call =
  | {
      /** Pods of this application. */
      readonly application: string;
      /** Their namespace. @default the caller's own */
      readonly namespace?: string;
      /** Port of their container. */
      readonly port: number;
    }
  | {
      /** Addresses outside the cluster; a range never selects pods or nodes (Cilium). */
      readonly cidr: string;
      /** Port there. */
      readonly port: number;
    };

/** An application that calls another one. */
export interface Caller {
  /** Name of the application, and of its service account. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
}

/** What the platform knows of the cluster that the application runs on. */
export interface ApplicationContext {
  /** Whether the namespace's pods get the mesh's sidecar. */
  readonly meshed: boolean;
  /** Whether there are Spot nodes. */
  readonly spot: boolean;
  /** Whether KEDA scales the application to zero at night. */
  readonly drains: boolean;
  /** Applications of the cluster that call this one. @default none */
  readonly callers?: readonly Caller[];
  /** Client id of the identity it acts as in Azure. @default none */
  readonly clientId?: string;
}

/** All that the golden path needs. */
export type ApplicationInput = ApplicationProps & ApplicationContext;

/** One Deployment of an application: the stable one, or the canary. */
export interface Instance {
  /** Name of its objects. */
  readonly name: string;
  /** Name of its subset in the mesh. */
  readonly subset: "stable" | "canary";
  /** Its image. */
  readonly image: string;
  /** Value of the label `version`. */
  readonly version: string;
  /** Its bounds. */
  readonly replicas: Replicas;
}
