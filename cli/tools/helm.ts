import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { KUBECTL } from "./kubernetes";
import { saidVersion } from "./version";

const VERSION = "v3.22.0";

/** Helm, to pack charts and push them to a registry. The same version is in tools/helm/go.mod. */
export const HELM: BuildableTool = {
  name: "helm",
  version: VERSION,
  go: {
    name: "helm",
    module: "tools/helm",
    package: "helm.sh/helm/v3/cmd/helm",
    ldflags: [`-X helm.sh/helm/v3/internal/version.version=${VERSION}`, ...kubernetesFlags()],
    ...costing({ seconds: 70, gigabytes: 1 }),
  },
  versionOf: (path, context) =>
    saidVersion(path, ["version", "--template", "{{.Version}}"], /^(v\d+\.\d+\.\d+\S*)/, context),
};

/** Without a cluster, Helm renders for the Kubernetes that it was built with: ours, instead of its sources' 1.20. */
function kubernetesFlags(): readonly string[] {
  const [major, minor] = KUBECTL.version.slice(1).split(".");
  return ["chartutil", "lint/rules"].flatMap((name) => [
    `-X helm.sh/helm/v3/pkg/${name}.k8sVersionMajor=${major}`,
    `-X helm.sh/helm/v3/pkg/${name}.k8sVersionMinor=${minor}`,
  ]);
}
