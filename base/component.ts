import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ChartPin } from "./helm";

/** How Flux delivers a component: the fields of its Kustomization that differ from the defaults. */
export interface Delivery {
  /** Components that must be Ready before this one is applied; the cluster must run them. @default none */
  readonly dependsOn?: readonly string[];
  /** Components to wait for only where the cluster runs them. @default none */
  readonly after?: readonly string[];
  /** How long Flux waits for the objects to become healthy, as a Go duration. @default "5m" */
  readonly timeout?: string;
  /** Helm charts whose sources the cluster needs for this component. @default none */
  readonly charts?: readonly ChartPin[];
}

/** What every component is created in: the cdk8s App of one cluster. */
export type Scope = Construct;

/**
 * One folder of `dist/<cluster>` and the Flux Kustomization that applies it. A controller and the custom resources it serves
 * are two components: Flux dry-runs all objects of a Kustomization before it applies any, so a custom resource beside the
 * chart that brings its CRD would be refused. Source: fluxcd.io/flux/components/kustomize/kustomizations, "Recommended settings".
 */
export abstract class Component extends Chart {
  /** @param scope App of the cluster @param name name of the folder and of the Flux Kustomization */
  protected constructor(
    scope: Scope,
    readonly name: string,
    readonly delivery: Delivery = {},
  ) {
    super(scope, name, { disableResourceNameHashes: true });
  }

  /** Whether a construct is a component. */
  static isComponent(construct: Construct): construct is Component {
    return construct instanceof Component;
  }
}
