import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { builtVersion } from "./version";

/** Fetches Git repositories and charts. Newer than the AKS extension's, whose version cannot be had as a module that builds. */
export const SOURCE_CONTROLLER = controller("source-controller", "v1.9.4", 210, 2.5);

/** Applies Kustomizations: the version that the AKS extension installs, to which clusters/versions.ts pins the CRDs too. */
export const KUSTOMIZE_CONTROLLER = controller("kustomize-controller", "v1.7.3", 190, 2);

/** Installs charts: the version nearest to the AKS extension's that can be had. */
export const HELM_CONTROLLER = controller("helm-controller", "v1.4.3", 120, 1.5);

function controller(name: string, version: string, seconds: number, gigabytes: number): BuildableTool {
  const main = `github.com/fluxcd/${name}`;
  return {
    name,
    version,
    go: { name, module: `tools/${name}`, package: main, ...costing({ seconds, gigabytes }) },
    // Flux's controllers cannot say their version.
    versionOf: (path, context) => builtVersion(path, main, context),
    unknownVersion: "refused",
  };
}
