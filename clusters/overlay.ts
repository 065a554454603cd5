import type { ApplicationProps } from "../base/application";
import type { CertManagerIssuersProps, CertManagerProps } from "../base/cert-manager";
import type { Scope } from "../base/component";
import type { ExternalSecretsProps } from "../base/external-secrets";
import type { IstioProps } from "../base/istio";
import type { KarpenterProps } from "../base/karpenter";
import type { KialiProps } from "../base/kiali";
import type { KyvernoProps } from "../base/kyverno";
import type { KyvernoPoliciesProps } from "../base/kyverno-policies";
import type { MonitoringProps } from "../base/monitoring";
import type { NamespacesProps } from "../base/namespaces";
import type { ReloaderProps } from "../base/reloader";
import type { Cluster, Fleet } from "./fleet";

/** Props of the platform's components that a cluster sets otherwise than the fleet's data implies. */
export interface ComponentProps {
  readonly namespaces?: Partial<NamespacesProps>;
  readonly karpenter?: Partial<KarpenterProps>;
  readonly certManager?: Partial<CertManagerProps>;
  readonly certManagerIssuers?: Partial<CertManagerIssuersProps>;
  readonly istio?: Partial<IstioProps>;
  readonly kiali?: Partial<KialiProps>;
  readonly externalSecrets?: Partial<ExternalSecretsProps>;
  readonly kyverno?: Partial<KyvernoProps>;
  readonly kyvernoPolicies?: Partial<KyvernoPoliciesProps>;
  readonly reloader?: Partial<ReloaderProps>;
  readonly monitoring?: Partial<MonitoringProps>;
}

/** What one cluster runs beyond, or otherwise than, the fleet's data implies. */
export interface ClusterOverlay {
  /** Applications of the cluster's teams, through the golden path. @default none */
  readonly applications?: readonly ApplicationProps[];
  /** Props that differ on this cluster. @default what the fleet's data implies */
  readonly components?: ComponentProps;
  /** Components that only this cluster has. @default none */
  readonly extra?: (scope: Scope) => void;
}

/** The export `overlay` of `clusters/<name>.ts`. */
export type Overlay = (context: { readonly fleet: Fleet; readonly cluster: Cluster }) => ClusterOverlay;
