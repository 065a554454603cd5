import type { Archive } from "../tools/download";
import type { PinnedTool } from "../tools/find";
import type { ToolContext } from "../tools/go-tool";
import { runProgram } from "../tools/process";

const MODULE = "github.com/yannh/kubeconform";

// The same version is in tools/kubeconform/go.mod, which Renovate bumps; a test holds the two together. The checksums are those
// of the release's CHECKSUMS file.
const VERSION = "v0.7.0";

/** kubeconform, at the one version whose verdicts this project is tested with. */
export const KUBECONFORM: PinnedTool = {
  name: "kubeconform",
  version: VERSION,
  go: {
    name: "kubeconform",
    module: "tools/kubeconform",
    package: `${MODULE}/cmd/kubeconform`,
    ldflags: [`-X main.version=${VERSION}`],
    cost: "20 s on two cores",
  },
  release: {
    name: "kubeconform",
    version: VERSION,
    file: "kubeconform",
    archives: {
      "linux-x64": archive("linux-amd64", "c31518ddd122663b3f3aa874cfe8178cb0988de944f29c74a0b9260920d115d3"),
      "linux-arm64": archive("linux-arm64", "cc907ccf9e3c34523f0f32b69745265e0a6908ca85b92f41931d4537860eb83c"),
      "darwin-arm64": archive("darwin-arm64", "b5d32b2cb77f9c781c976b20a85e2d0bc8f9184d5d1cfe665a2f31a19f99eeb9"),
      "darwin-x64": archive("darwin-amd64", "c6771cc894d82e1b12f35ee797dcda1f7da6a3787aa30902a15c264056dd40d4"),
    },
  },
  versionOf,
};

function archive(system: string, sha256: string): Archive {
  return { url: `https://${MODULE}/releases/download/${VERSION}/kubeconform-${system}.tar.gz`, sha256 };
}

async function versionOf(path: string, context: ToolContext): Promise<string | undefined> {
  const { code, stdout } = await ask(path, ["-v"], context);
  const said = stdout.trim();
  if (code === 0 && /^v?\d+\.\d+\.\d+\S*$/.test(said)) return said.startsWith("v") ? said : `v${said}`;
  // `go install` leaves the version out of what the program says, but not out of what Go knows of it.
  if (code === 0 && said === "development") return moduleVersion(path, context);
  throw new Error(`-v says ${JSON.stringify(said.slice(0, 80))}, which is no version`);
}

async function moduleVersion(path: string, context: ToolContext): Promise<string | undefined> {
  try {
    const { stdout } = await ask("go", ["version", "-m", path], context);
    // `mod` when the program is its own module's, `dep` when another module pins it.
    const version = new RegExp(`^\\t(?:mod|dep)\\t${MODULE}\\t(v\\S+)`, "m").exec(stdout)?.[1];
    return version;
  } catch {
    context.signal?.throwIfAborted();
    return undefined;
  }
}

function ask(program: string, args: readonly string[], { env, signal }: ToolContext): ReturnType<typeof runProgram> {
  return runProgram(program, args, { env, signal, timeout: 10_000 });
}
