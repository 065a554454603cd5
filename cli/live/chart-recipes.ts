import { join } from "node:path";
import { CHARTS } from "../../clusters/versions";
import type { ModuleName } from "./modules";

/** A chart of the fleet. */
export type ChartKey = keyof typeof CHARTS;

/** How a chart is made from what can be had. */
export interface Recipe {
  /** Folder of the chart in a Go module. @default none: a chart of one Deployment stands in for it */
  readonly from?: { readonly module: ModuleName; readonly path: string };
  /** Files and folders to leave out, relative to the chart. */
  readonly without?: readonly string[];
  /** Folder of the repository with CRDs to add. */
  readonly crds?: string;
  /** What a reader has to know. */
  readonly standIn?: string;
}

const WEBHOOKS = "without its webhooks, as no process answers them here";

/** Of every chart of the fleet. */
export const RECIPES: Readonly<Record<ChartKey, Recipe>> = {
  "cert-manager": {
    from: { module: "github.com/cert-manager/cert-manager", path: "deploy/charts/cert-manager" },
    without: ["templates/webhook-mutating-webhook.yaml", "templates/webhook-validating-webhook.yaml", "tests"],
    standIn: `cert-manager: the chart of ${CHARTS["cert-manager"].version}, ${WEBHOOKS}`,
  },
  kyverno: {
    from: { module: "github.com/kyverno/kyverno", path: "charts/kyverno" },
    without: ["ci", "README.md", "README.md.gotmpl"],
    standIn: `kyverno: the chart of ${CHARTS.kyverno.version}; its subchart kyverno-api cannot be had, so the CRDs of policies.kyverno.io are there beforehand; its pods are kwok's, its admission controller runs beside the cluster`,
  },
  "external-secrets": {
    from: { module: "github.com/external-secrets/external-secrets", path: "deploy/charts/external-secrets" },
    without: ["templates/validatingwebhook.yaml", "templates/crds", "tests", "ci", "values.schema.json"],
    crds: join("imports", "crds", `external-secrets-${CHARTS["external-secrets"].version}`),
    standIn: `external-secrets: the chart of 1.3.2 under the name of ${CHARTS["external-secrets"].version}, with the CRDs of ${CHARTS["external-secrets"].version}, ${WEBHOOKS}`,
  },
  kiali: { standIn: "kiali: a chart of one Deployment in its place, as the project's own cannot be had offline" },
  reloader: { standIn: "reloader: a chart of one Deployment in its place, as the project's own cannot be had offline" },
};
