import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { saidVersion } from "./version";

/** The store of a control plane. The same version is in tools/etcd/go.mod. */
export const ETCD: BuildableTool = {
  name: "etcd",
  version: "v3.6.14",
  go: {
    name: "etcd",
    module: "tools/etcd",
    package: "go.etcd.io/etcd/server/v3",
    ...costing({ seconds: 30, gigabytes: 0.6 }),
  },
  variables: { file: "TEST_ASSET_ETCD", folder: "KUBEBUILDER_ASSETS" },
  versionOf: (path, context) => saidVersion(path, ["--version"], /^etcd Version: (\S+)$/m, context),
};
