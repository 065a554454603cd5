import type { PinnedTool } from "./find";
import { runProgram } from "./process";

const VERSION = "v1.35.4";

/** kubectl of the pinned Kubernetes version, the peer that renderings are measured against. */
export const KUBECTL: PinnedTool = {
  name: "kubectl",
  version: VERSION,
  go: {
    name: "kubectl",
    module: "tools/kubectl",
    package: "k8s.io/kubernetes/cmd/kubectl",
    ldflags: ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].map(
      (path) => `-X ${path}.gitVersion=${VERSION}`,
    ),
    cost: "1 to 4 min on two cores and 3 GB of Go's caches",
  },
  versionOf: async (path, context) => {
    const { stdout } = await runProgram(path, ["version", "--client", "--output=json"], { signal: context.signal });
    return (JSON.parse(stdout) as { clientVersion?: { gitVersion?: string } }).clientVersion?.gitVersion;
  },
};
