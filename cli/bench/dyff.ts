import { costing } from "../tools/estimate";
import type { BuildableTool } from "../tools/find";
import { saidVersion } from "../tools/version";

// The same version is in tools/dyff/go.mod; a test holds the two together.
const VERSION = "v1.12.0";
const MODULE = "github.com/homeport/dyff";

/** The comparison of YAML that people use most, a peer of ours. */
export const DYFF: BuildableTool = {
  name: "dyff",
  version: VERSION,
  go: {
    name: "dyff",
    module: "tools/dyff",
    package: `${MODULE}/cmd/dyff`,
    ldflags: [`-X ${MODULE}/internal/cmd.version=${VERSION}`],
    ...costing({ seconds: 15, gigabytes: 0.2 }),
  },
  versionOf: (path, context) => saidVersion(path, ["version"], /^dyff version (\S+)$/m, context),
};
