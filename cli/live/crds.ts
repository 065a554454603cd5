import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import type { KubernetesObject } from "../../base/object";
import { type ApiClient, ApiError, conditionOf, type LiveObject } from "./client";
import type { ModuleName } from "./modules";
import { inParallel } from "./together";
import { until } from "./wait";

/** A CustomResourceDefinition, as far as the rig looks into it. */
export interface Crd extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** CRDs that AKS and its add-ons install, by module: Flux, mesh, Karpenter, CSI, KEDA. Of charts come the others. */
const PROVIDED: readonly { readonly module: ModuleName; readonly path: string; readonly only?: RegExp }[] = [
  { module: "github.com/fluxcd/source-controller", path: "config/crd/bases" },
  { module: "github.com/fluxcd/kustomize-controller", path: "config/crd/bases" },
  { module: "github.com/fluxcd/helm-controller", path: "config/crd/bases" },
  { module: "github.com/Azure/karpenter-provider-azure", path: "pkg/apis/crds" },
  { module: "istio.io/api", path: "kubernetes/customresourcedefinitions.gen.yaml" },
  { module: "sigs.k8s.io/secrets-store-csi-driver", path: "config/crd/bases" },
  { module: "github.com/kedacore/keda/v2", path: "config/crd/bases", only: /^keda\.sh_/ },
];

/** The kinds of the managed Prometheus follow those of the operator of the same name, in a group of their own. */
const PROMETHEUS = {
  module: "github.com/prometheus-operator/prometheus-operator",
  path: "example/prometheus-operator-crd",
  only: /_(podmonitors|servicemonitors)\.yaml$/,
} as const;

/** Of a subchart that cannot be had: see `charts.ts`. */
const POLICIES = { module: "github.com/kyverno/kyverno", path: "config/crds/policies.kyverno.io" } as const;

/** The CRDs of Kyverno's own policies, which its chart would install. */
export function policyCrds(folders: Readonly<Record<ModuleName, string>>): readonly Crd[] {
  return crdsIn(join(folders[POLICIES.module], POLICIES.path));
}

/** The CRDs that a cluster has before Flux begins. */
export function providedCrds(folders: Readonly<Record<ModuleName, string>>): readonly Crd[] {
  return [
    ...PROVIDED.flatMap(({ module, path, only }) => crdsIn(join(folders[module], path), only)),
    ...crdsIn(join(folders[PROMETHEUS.module], PROMETHEUS.path), PROMETHEUS.only, (text) =>
      text.replaceAll("monitoring.coreos.com", "azmonitoring.coreos.com"),
    ),
  ];
}

/** CRDs in a file, or in the files of a folder. */
export function crdsIn(path: string, only: RegExp = /\.yaml$/, change = (text: string) => text): readonly Crd[] {
  const files = path.endsWith(".yaml")
    ? [path]
    : readdirSync(path)
        .filter((file) => file.endsWith(".yaml") && only.test(file))
        .sort()
        .map((file) => join(path, file));
  return files
    .flatMap((file) => loadAll(change(readFileSync(file, "utf8"))) as (Crd | null)[])
    .filter((object): object is Crd => object?.kind === "CustomResourceDefinition");
}

/** Installs CRDs and waits until the server serves them all. */
export async function installCrds(client: ApiClient, crds: readonly Crd[], signal?: AbortSignal): Promise<void> {
  await inParallel(crds, 6, async (crd) => {
    try {
      // Generated files carry a status, which is the server's.
      const { status: _, ...object } = crd as Crd & { status?: unknown };
      await client.create(object);
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === "AlreadyExists")) throw error;
    }
  });
  const wanted = new Set(crds.map(({ metadata }) => metadata.name));
  await until(
    "CRDs",
    async () => {
      const present = await client.list("apiextensions.k8s.io/v1", "CustomResourceDefinition");
      const established = present.filter((crd) => wanted.has(crd.metadata.name) && isEstablished(crd));
      return established.length === wanted.size;
    },
    { interval: 400, ...(signal && { signal }) },
  );
}

function isEstablished(crd: LiveObject): boolean {
  return conditionOf(crd, "Established")?.status === "True";
}
