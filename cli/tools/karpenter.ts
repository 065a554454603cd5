import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { builtVersion } from "./version";

const VERSION = "v1.14.1";
const MAIN = "sigs.k8s.io/karpenter/kwok";

/**
 * Karpenter's core with nodes that kwok plays. Upstream calls the program kwok, like kwok's own. The same version is in
 * tools/karpenter/go.mod.
 */
export const KARPENTER_KWOK: BuildableTool = {
  name: "karpenter-kwok",
  version: VERSION,
  go: {
    name: "karpenter-kwok",
    module: "tools/karpenter",
    package: MAIN,
    ldflags: [`-X sigs.k8s.io/karpenter/pkg/operator.Version=${VERSION.slice(1)}`],
    ...costing({ seconds: 120, gigabytes: 1.5 }),
  },
  // It knows no question for its version.
  versionOf: (path, context) => builtVersion(path, MAIN, context),
  unknownVersion: "refused",
};
