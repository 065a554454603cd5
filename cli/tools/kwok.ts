import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { saidVersion } from "./version";

/** Plays the kubelets of nodes that are not there. The same version is in tools/kwok/go.mod. */
export const KWOK: BuildableTool = {
  name: "kwok",
  version: "v0.8.0",
  go: {
    name: "kwok",
    module: "tools/kwok",
    package: "sigs.k8s.io/kwok/cmd/kwok",
    ...costing({ seconds: 80, gigabytes: 1 }),
  },
  // Karpenter's build for kwok's nodes is called kwok too, and says nothing of the kind.
  versionOf: (path, context) => saidVersion(path, ["--version"], /^kwok version (v?\d\S*)/m, context),
};
