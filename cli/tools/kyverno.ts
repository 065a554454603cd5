import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { builtVersion, saidVersion } from "./version";

const REPOSITORY = "github.com/kyverno/kyverno";
// The same version is in tools/kyverno/go.mod; a test holds the two, and the pin of the CRDs, together.
const VERSION = "v1.19.0";
const LDFLAGS = [`-X ${REPOSITORY}/pkg/version.BuildVersion=${VERSION}`];

/** Kyverno's command line at the version the clusters run, to evaluate the policies without a cluster. */
export const KYVERNO: BuildableTool = {
  name: "kubectl-kyverno",
  version: VERSION,
  go: {
    name: "kubectl-kyverno",
    module: "tools/kyverno",
    package: `${REPOSITORY}/cmd/cli/kubectl-kyverno`,
    ldflags: LDFLAGS,
    ...costing({ seconds: 280, gigabytes: 6, after: { seconds: 120, gigabytes: 2 } }),
  },
  // Its admission controller is called kyverno too, knows no `version`, and must not run on.
  versionOf: (path, context) => saidVersion(path, ["version"], /^Version: (\S+)$/m, context),
};

/** Kyverno's admission controller. Upstream calls the program kyverno, like the command line in its releases. */
export const KYVERNO_ADMISSION_CONTROLLER: BuildableTool = {
  name: "kyverno-admission-controller",
  version: VERSION,
  go: {
    name: "kyverno-admission-controller",
    module: "tools/kyverno",
    package: `${REPOSITORY}/cmd/kyverno`,
    ldflags: LDFLAGS,
    ...costing({ seconds: 250, gigabytes: 4, after: { seconds: 80, gigabytes: 1 } }),
  },
  // It knows no question for its version.
  versionOf: (path, context) => builtVersion(path, `${REPOSITORY}/cmd/kyverno`, context),
  unknownVersion: "refused",
};
