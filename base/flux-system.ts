import type { ConfigMap } from "../imports/k8s";
import type { Kustomization } from "../imports/kustomize.toolkit.fluxcd.io";
import type { HelmRepository, OCIRepository } from "../imports/source.toolkit.fluxcd.io";
import { Component, type Delivery, type Scope } from "./component";
import { dependencyOrder } from "./graph";
import { type ChartPin, FLUX_NAMESPACE, isOci } from "./helm";
import { add } from "./object";

/** A component as Flux sees it. */
export interface DeliveredComponent {
  /** Name of its folder and of its Flux Kustomization. */
  readonly name: string;
  /** Order, health and sources. */
  readonly delivery: Delivery;
  /** Whether its objects refer to variables. */
  readonly substitutes: boolean;
}

/** Props of {@link FluxSystem}. */
export interface FluxSystemProps {
  /** Folder of the cluster in the repository, for example `./dist/app1`. */
  readonly path: string;
  /** Name of the GitRepository that the `fluxConfiguration` creates. */
  readonly source: string;
  /** Name of the ConfigMap that carries the variables. */
  readonly variablesFrom: string;
  /** Variables that the infra program hands to the root kustomization. */
  readonly variables: readonly string[];
  /** Everything else that the cluster runs. */
  readonly components: readonly DeliveredComponent[];
}

/**
 * What the root kustomization applies: a Flux Kustomization for each component in the order of the component graph, the chart
 * sources, and the ConfigMap that passes the variables on. The root alone gets values from the infra program
 * (`postBuild.substitute`); its children read the ConfigMap.
 */
export class FluxSystem extends Component {
  constructor(scope: Scope, props: FluxSystemProps) {
    super(scope, "flux-system");
    const graph = new Map(
      props.components.map((component) => [component.name, dependencies(component, props.components)]),
    );
    dependencyOrder(graph);
    for (const component of props.components) {
      addKustomization(this, props, component, graph.get(component.name) ?? []);
    }
    for (const chart of charts(props.components)) addSource(this, chart);
    if (props.variables.length > 0) addVariables(this, props);
  }
}

/** `dependsOn`, and those of `after` that the cluster runs; a name that ends in `*` stands for every component it begins. */
function dependencies(component: DeliveredComponent, all: readonly DeliveredComponent[]): readonly string[] {
  const { dependsOn = [], after = [] } = component.delivery;
  const present = after.flatMap((name) =>
    name.endsWith("*")
      ? all.filter((other) => other.name.startsWith(name.slice(0, -1))).map((other) => other.name)
      : all.filter((other) => other.name === name).map((other) => other.name),
  );
  return [...new Set([...dependsOn, ...present])].sort();
}

function addKustomization(
  scope: Scope,
  props: FluxSystemProps,
  component: DeliveredComponent,
  dependsOn: readonly string[],
): void {
  add<Kustomization>(scope, {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: component.name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: "10m",
      retryInterval: "1m",
      timeout: component.delivery.timeout ?? "5m",
      path: `${props.path}/${component.name}`,
      prune: true,
      wait: true,
      sourceRef: { kind: "GitRepository", name: props.source },
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((name) => ({ name })) }),
      ...(component.substitutes && {
        postBuild: { substituteFrom: [{ kind: "ConfigMap", name: props.variablesFrom }] },
      }),
    },
  });
}

/** The charts of all components, each once; two versions of one chart in a cluster would share a source, so they are an error. */
function charts(components: readonly DeliveredComponent[]): readonly ChartPin[] {
  const byName = new Map<string, ChartPin>();
  for (const chart of components.flatMap((component) => component.delivery.charts ?? [])) {
    const known = byName.get(chart.name);
    if (known && (known.version !== chart.version || known.registry !== chart.registry)) {
      throw new Error(
        `chart ${chart.name} is asked for as ${known.version} from ${known.registry} and as ${chart.version} from ${chart.registry}`,
      );
    }
    byName.set(chart.name, chart);
  }
  return [...byName.values()];
}

function addSource(scope: Scope, chart: ChartPin): void {
  const metadata = { name: chart.name, namespace: FLUX_NAMESPACE };
  if (!isOci(chart)) {
    add<HelmRepository>(scope, {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "HelmRepository",
      metadata,
      spec: { interval: "1h", url: chart.registry },
    });
    return;
  }
  add<OCIRepository>(scope, {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata,
    spec: {
      interval: "1h",
      url: `${chart.registry}/${chart.name}`,
      ref: { tag: chart.version },
      layerSelector: { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", operation: "copy" },
      ...(chart.insecure && { insecure: true }),
    },
  });
}

function addVariables(scope: Scope, props: FluxSystemProps): void {
  add<ConfigMap>(scope, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: props.variablesFrom, namespace: FLUX_NAMESPACE },
    data: Object.fromEntries(props.variables.map((name) => [name, `\${${name}}`])),
  });
}
