import { resolve } from "node:path";
import { ApiObject, App } from "cdk8s";
import type { IConstruct } from "constructs";
import { Component } from "./base/component";
import { FluxSystem } from "./base/flux-system";
import type { KubernetesObject } from "./base/object";
import { protectFromPruning } from "./base/protect";
import { type Mentions, mentionsIn } from "./base/substitution";
import { swapIn } from "./cli/tree/swap";
import { stageTree } from "./cli/tree/write";
import {
  CLUSTER_VARS,
  type Cluster,
  clusterOf,
  clusterPath,
  FLUX_SOURCE,
  type Fleet,
  loadFleet,
  variablesOf,
} from "./clusters/fleet";
import type { ClusterOverlay, Overlay } from "./clusters/overlay";
import { overlayOf } from "./clusters/overlays";
import { platform } from "./clusters/platform";
import { presetNamed } from "./clusters/presets";

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

/** A preset that can be. Throws with every problem otherwise, and names the file that it is described in. */
export function loadPreset(name: string): Fleet {
  return loadFleet(presetNamed(name), name === "default" ? undefined : `clusters/presets/${name}.ts`);
}

/**
 * Renders clusters one by one, as they are asked for. When some fail, the error at the end lists the problems of all.
 * `progress` learns how many are done.
 */
export function* renderFleet(
  fleet: Fleet,
  overlays: (cluster: string) => Overlay,
  progress: (rendered: number) => void = () => {},
): Generator<RenderedCluster> {
  const problems: string[] = [];
  for (const [index, { name }] of fleet.clusters.entries()) {
    progress(index);
    try {
      const cluster = renderCluster(fleet, name, overlays(name));
      if (problems.length === 0) yield cluster;
    } catch (error) {
      problems.push(placed(name, error));
    }
  }
  progress(fleet.clusters.length);
  if (problems.length > 0) throw new Error(`The fleet does not render:\n${problems.join("\n")}`);
}

/**
 * Renders one cluster. One cdk8s App for each cluster, since one for all takes quadratic time.
 * Throws one error that lists every problem found.
 */
export function renderCluster(fleet: Fleet, name: string, overlay: Overlay): RenderedCluster {
  for (const variable of FOREIGN_INFLUENCE) delete process.env[variable];
  const cluster = clusterOf(fleet, name);
  const app = new App();
  platform(app, fleet, cluster, overlayFor(fleet, cluster, overlay));
  const components = componentsIn(app);
  const rendered = components.map(renderComponent);
  const mentions = mentionsIn(rendered);
  refuseOpenVariables(fleet, cluster, mentions);
  const root = new FluxSystem(app, {
    path: clusterPath(name),
    source: FLUX_SOURCE,
    variablesFrom: CLUSTER_VARS,
    variables: variablesOf(fleet, name),
    components: components.map(({ name, delivery }) => ({
      name,
      delivery,
      substitutes: mentions.components.has(name),
    })),
  });
  return { name, components: [...rendered, renderComponent(root)] };
}

/** What an overlay adds that is no component would be lost. (To cdk8s any chart is an `instanceof` any other, hence the second look.) */
function componentsIn(app: App): readonly Component[] {
  const isComponent = (child: IConstruct): child is Component => Component.isComponent(child) && "delivery" in child;
  const others = app.node.children.filter((child) => !isComponent(child)).map((child) => child.node.path);
  if (others.length === 0) return app.node.children.filter(isComponent);
  throw new Error(
    `${others.join(", ")}: no component, so Flux would not apply it. Fix: extend Component (base/component.ts)`,
  );
}

function overlayFor(fleet: Fleet, cluster: Cluster, overlay: Overlay): ClusterOverlay {
  try {
    return overlay({ fleet, cluster });
  } catch (error) {
    throw new Error(`clusters/${cluster.name}.ts: ${reasonOf(error)}`, { cause: error });
  }
}

/** An error with the cluster that it is of, unless it begins with it. */
function placed(cluster: string, error: unknown): string {
  const reason = reasonOf(error);
  return [`clusters/${cluster}.ts`, `${cluster}: `].some((place) => reason.startsWith(place))
    ? reason
    : `${cluster}: ${reason}`;
}

/** What went wrong. The bundle does not check types, so a mistake that they would have shown comes to light as one of JavaScript's own errors. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isSlip = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isSlip
    ? `${error.message}. Fix: run \`npm run typecheck\`, which names the line of most such slips`
    : error.message;
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
function refuseOpenVariables(fleet: Fleet, cluster: Cluster, { variables, malformed }: Mentions): void {
  const produced = new Set<string>(variablesOf(fleet, cluster.name));
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

/** The cdk8s app: the fleet $FLEET, to the folder that the stock CLI names. */
async function app(): Promise<void> {
  const target = resolve(process.env["CDK8S_OUTDIR"] ?? "dist");
  const fleet = loadPreset(process.env["FLEET"] || "default");
  swapIn(await stageTree(target, renderFleet(fleet, overlayOf)), target);
}

// Not where a bundle that has this file in it is started.
if (require.main === module && __filename.endsWith("main.ts")) {
  app().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
