import type { HelmRelease } from "../imports/helm.toolkit.fluxcd.io";
import type { Component } from "./component";
import { add } from "./object";

/** The namespace of every Flux object: the AKS extension refuses references to sources of other namespaces. */
export const FLUX_NAMESPACE = "flux-system";

/** One Helm chart: where it is published, and which version. */
export interface ChartPin {
  /** Name of the chart. */
  readonly name: string;
  /** `oci://` registry folder or `https://` repository; the chart's name is not part of it. */
  readonly registry: string;
  /** Exact version. */
  readonly version: string;
  /** Plain http, for a registry on loopback. @default false */
  readonly insecure?: boolean;
}

/** What differs from one release to the next. */
export interface ReleaseProps<Values extends object> {
  /** Name of the release. */
  readonly name: string;
  /** Namespace it is installed in; the component `namespaces` creates it. */
  readonly namespace: string;
  /** The chart. */
  readonly chart: ChartPin;
  /** The chart's values that differ from its defaults. */
  readonly values: Values;
}

/** Whether a chart comes from an OCI registry rather than from an https repository. */
export function isOci(chart: ChartPin): boolean {
  return chart.registry.startsWith("oci://");
}

/**
 * Adds a Helm release that Flux installs, retries, upgrades with its CRDs, and holds against drift; every 10 minutes it looks, as at all else.
 * The HelmRelease stays in Flux's namespace and installs elsewhere, since the AKS extension impersonates a service account
 * that exists only there. Source: learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2, multi-tenancy.
 */
export function addRelease<Values extends object>(component: Component, props: ReleaseProps<Values>): void {
  const { name, namespace, chart, values } = props;
  add<HelmRelease>(component, {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      // No longer: helm-controller may store that a release is not ready while the API server restarts, and corrects that only at its next look.
      interval: "10m",
      timeout: "10m",
      releaseName: name,
      targetNamespace: namespace,
      storageNamespace: namespace,
      ...(isOci(chart)
        ? { chartRef: { kind: "OCIRepository" as const, name: chart.name } }
        : {
            chart: {
              spec: {
                chart: chart.name,
                version: chart.version,
                sourceRef: { kind: "HelmRepository" as const, name: chart.name },
              },
            },
          }),
      install: { crds: "CreateReplace", remediation: { retries: 3 } },
      upgrade: { crds: "CreateReplace", remediation: { retries: 3, remediateLastFailure: true } },
      driftDetection: { mode: "enabled" },
      values: { ...values },
    },
  });
}
