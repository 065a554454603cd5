import { costing, type Estimates } from "./estimate";
import type { BuildableTool } from "./find";
import type { ToolContext } from "./go-tool";
import { saidVersion } from "./version";

// The same version is in tools/kubernetes/go.mod and, as the clusters' own, in clusters/versions.ts; a test holds them together.
const VERSION = "v1.35.4";
// The minor after it, with tools/kubernetes-next/go.mod.
const NEXT = "v1.36.4";

/** The API server of the clusters' Kubernetes version. */
export const KUBE_APISERVER: BuildableTool = {
  ...component("kube-apiserver", { seconds: 220, gigabytes: 2.5, after: { seconds: 150, gigabytes: 1.5 } }),
  variables: { file: "TEST_ASSET_KUBE_APISERVER", folder: "KUBEBUILDER_ASSETS" },
};

/** The controllers of Kubernetes itself: namespaces, owners, workloads. */
export const KUBE_CONTROLLER_MANAGER = component("kube-controller-manager", {
  seconds: 240,
  gigabytes: 2.5,
  after: { seconds: 80, gigabytes: 0.8 },
});

/** The scheduler of the clusters' Kubernetes version. */
export const KUBE_SCHEDULER = component("kube-scheduler", {
  seconds: 200,
  gigabytes: 2,
  after: { seconds: 20, gigabytes: 0.2 },
});

/** kubectl of the clusters' Kubernetes version, also the peer that renderings are measured against. */
export const KUBECTL: BuildableTool = {
  ...component("kubectl", { seconds: 120, gigabytes: 1.5, after: { seconds: 25, gigabytes: 0.3 } }),
  variables: { file: "TEST_ASSET_KUBECTL", folder: "KUBEBUILDER_ASSETS" },
  versionOf: (path, context) =>
    saidVersion(path, ["version", "--client", "--output=json"], /"gitVersion": *"(v[^"]+)"/, context),
};

/** The API server of the next minor, to rehearse an upgrade with. */
export const KUBE_APISERVER_NEXT = component(
  "kube-apiserver",
  { seconds: 250, gigabytes: 2.5 },
  { version: NEXT, module: "tools/kubernetes-next" },
);

function component(
  name: string,
  estimates: Estimates,
  { version, module } = { version: VERSION, module: "tools/kubernetes" },
): BuildableTool {
  return {
    name,
    version,
    go: { name, module, package: `k8s.io/kubernetes/cmd/${name}`, ldflags: ldflags(version), ...costing(estimates) },
    versionOf: (path: string, context: ToolContext) =>
      saidVersion(path, ["--version"], /^Kubernetes (v\S+)$/m, context),
  };
}

/** Without these the programs call themselves v0.0.0, which charts and controllers refuse. */
function ldflags(version: string): readonly string[] {
  const [major, minor] = version.slice(1).split(".");
  return ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) => [
    `-X ${path}.gitVersion=${version}`,
    `-X ${path}.gitMajor=${major}`,
    `-X ${path}.gitMinor=${minor}`,
  ]);
}
