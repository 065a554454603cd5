import { costing } from "./estimate";
import type { BuildableTool } from "./find";
import { saidVersion } from "./version";

const MODULE = "github.com/google/go-containerregistry";
const VERSION = "v0.22.1";

/** crane, whose `registry serve` is a registry for charts on this machine. The same version is in tools/crane/go.mod. */
export const CRANE: BuildableTool = {
  name: "crane",
  version: VERSION,
  go: {
    name: "crane",
    module: "tools/crane",
    package: `${MODULE}/cmd/crane`,
    ldflags: [`-X ${MODULE}/cmd/crane/cmd.Version=${VERSION}`],
    ...costing({ seconds: 10, gigabytes: 0.2 }),
  },
  versionOf: (path, context) => saidVersion(path, ["version"], /^(v?\d+\.\d+\.\d+\S*)$/m, context),
};
