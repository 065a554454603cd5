import type { PinnedTool } from "./find";
import { runProgram } from "./process";

// The same version is in tools/kyverno/go.mod; a test holds the two, and the pin of the CRDs, together.
const VERSION = "v1.19.0";

/** Kyverno's command line at the version the clusters run, to evaluate the policies without a cluster. */
export const KYVERNO: PinnedTool = {
  name: "kubectl-kyverno",
  version: VERSION,
  go: {
    name: "kubectl-kyverno",
    module: "tools/kyverno",
    package: "github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno",
    ldflags: [`-X github.com/kyverno/kyverno/pkg/version.BuildVersion=${VERSION}`],
    cost: "5 min on two cores, 3 GB of memory and 6 GB of Go's caches",
  },
  versionOf: async (path, { env, signal }) => {
    // Kyverno's admission controller is called kyverno too: it knows no `version` and must not run on.
    const { stdout } = await runProgram(path, ["version"], { env, signal, timeout: 10_000 });
    const said = /^Version: (\S+)$/m.exec(stdout)?.[1];
    if (!said) throw new Error("`version` says none, so it is not Kyverno's command line");
    return said.startsWith("v") ? said : `v${said}`;
  },
};
