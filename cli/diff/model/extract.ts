import type { ObjectRef } from "../../validate/types";
import type { FieldChange } from "./change";

/** An image of a workload's container, or of a chart's values. */
export interface ImageChange {
  readonly object: ObjectRef;
  readonly container: string;
  readonly before?: string;
  readonly after?: string;
  readonly clusters: readonly string[];
}

/** How far a version goes. */
export type Step = "major" | "minor" | "patch" | "downgrade" | "added" | "removed" | "other";

/** A version that differs. */
export interface VersionChange {
  readonly what: "chart" | "crd" | "mesh";
  /** Of the chart, the CRD, the namespace. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  readonly step: Step;
  readonly clusters: readonly string[];
}

/** A variable that Flux substitutes. */
export interface VariableChange {
  readonly name: string;
  /** `undefined`: manifests name it, and nothing produces it any more. */
  readonly status: "added" | "removed" | "undefined";
  readonly clusters: readonly string[];
  /** Objects that name it, as `Kind namespace/name`, at most ten. */
  readonly usedBy: readonly string[];
}

/** An Azure resource of the infra program that differs. */
export interface InfraChange {
  readonly type: string;
  readonly name: string;
  readonly status: "added" | "removed" | "changed" | "replaced";
  readonly fields: readonly FieldChange[];
  /** Fields that plan the replacement. */
  readonly replacedBy: readonly string[];
}
