import { ApiObject, App } from "cdk8s";
import { Component } from "./base/component";
import { FluxSystem } from "./base/flux-system";
import type { KubernetesObject } from "./base/object";
import { protectFromPruning } from "./base/protect";
import { mentionsIn, mentionsVariable } from "./base/substitution";
import {
  CLUSTER_VARS,
  type Cluster,
  clusterOf,
  clusterPath,
  FLUX_SOURCE,
  type Fleet,
  variablesOf,
} from "./clusters/fleet";
import type { Overlay } from "./clusters/overlay";
import { platform } from "./clusters/platform";

/** The objects of one folder of `dist/<cluster>`. */
export interface RenderedComponent {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/** Everything that runs in one cluster. */
export interface RenderedCluster {
  readonly name: string;
  readonly components: readonly RenderedComponent[];
}

/** Environment variables by which cdk8s would render otherwise than the sources say. */
const FOREIGN_INFLUENCE = ["CDK8S_DISABLE_SORT", "CDK8S_LEGACY_HASH", "CDK8S_RECORD_CONSTRUCT_METADATA"];

/**
 * Renders one cluster. One cdk8s App for each cluster, since one for all takes quadratic time.
 * Throws one error that lists every problem found.
 */
export function renderCluster(fleet: Fleet, name: string, overlay: Overlay): RenderedCluster {
  for (const variable of FOREIGN_INFLUENCE) delete process.env[variable];
  const cluster = clusterOf(fleet, name);
  const app = new App();
  platform(app, fleet, cluster, overlay({ fleet, cluster }));
  const components = app.node.children.filter(Component.isComponent);
  const rendered = components.map(renderComponent);
  refuseOpenVariables(fleet, cluster, rendered);
  const root = new FluxSystem(app, {
    path: clusterPath(name),
    source: FLUX_SOURCE,
    variablesFrom: CLUSTER_VARS,
    variables: variablesOf(fleet, name),
    components: components.map(({ name, delivery }, index) => ({
      name,
      delivery,
      substitutes: mentionsVariable(rendered[index]?.objects ?? []),
    })),
  });
  return { name, components: [...rendered, renderComponent(root)] };
}

/** One pass over a component's objects. cdk8s' own synthesis resolves dependencies between all pairs, which order by Flux makes needless. */
function renderComponent(component: Component): RenderedComponent {
  const objects: KubernetesObject[] = [];
  const problems: string[] = [];
  for (const construct of component.node.findAll()) {
    problems.push(...construct.node.validate());
    if (construct.node.dependencies.length > 0) {
      problems.push(`${construct.node.path} has a construct dependency; state order as \`dependsOn\` of the component`);
    }
    if (ApiObject.isApiObject(construct)) objects.push(protectFromPruning(construct.toJson() as KubernetesObject));
  }
  if (objects.length === 0) problems.push("it renders no object, and Flux refuses an empty folder");
  if (problems.length > 0) throw new Error(problems.map((problem) => `${component.name}: ${problem}`).join("\n"));
  return { name: component.name, objects };
}

/** Every variable in the manifests must have a producer, and every produced one a use: Flux would render an unset one as nothing. */
function refuseOpenVariables(fleet: Fleet, cluster: Cluster, components: readonly RenderedComponent[]): void {
  const produced = new Set<string>(variablesOf(fleet, cluster.name));
  const { variables, malformed } = mentionsIn(components);
  const problems = [
    ...malformed.map(
      ({ component, object, text }) =>
        `${component}, ${object}: ${JSON.stringify(text)} has a "\${" that is no plain variable; write literal text as "$\${"`,
    ),
    ...[...variables].flatMap(([name, { component, object }]) =>
      produced.has(name)
        ? []
        : [
            `${component}, ${object}: nothing produces \${${name}} on this cluster; name it in variablesOf (clusters/model/variables.ts) or correct it`,
          ],
    ),
    ...[...produced]
      .filter((name) => !variables.has(name))
      .map(
        (name) =>
          `nothing uses the variable ${name}; take it out of variablesOf (clusters/model/variables.ts), or its identity out of the fleet`,
      ),
  ];
  if (problems.length > 0) throw new Error(problems.map((problem) => `${cluster.name}: ${problem}`).join("\n"));
}
