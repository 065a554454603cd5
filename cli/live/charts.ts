import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { CHARTS } from "../../clusters/versions";
import { runProgram } from "../tools/process";
import { type ChartKey, RECIPES } from "./chart-recipes";
import type { ModuleName } from "./modules";
import { freePorts } from "./ports";
import { startProcess } from "./processes";
import { read, type StateFolder, save } from "./state";
import { together } from "./together";
import { answers, until } from "./wait";

/** A registry on loopback with the fleet's charts. */
export interface ChartRegistry {
  /** What the fleet's `chartMirror.url` has to be. */
  readonly url: `oci://${string}`;
  /** What differs from the projects' own charts, a sentence each. */
  readonly standIns: readonly string[];
}

/** Name of the registry's process. */
export const REGISTRY = "registry";

/** Starts a registry and fills it with all charts of the fleet. */
export async function startRegistry(
  state: StateFolder,
  programs: { readonly crane: string; readonly helm: string },
  folders: Readonly<Record<ModuleName, string>>,
  root: string,
  signal?: AbortSignal,
): Promise<ChartRegistry> {
  const work = join(state.path, "charts");
  mkdirSync(join(work, "blobs"), { recursive: true });
  const [port] = await freePorts(1);
  startProcess(state, {
    name: REGISTRY,
    program: programs.crane,
    cwd: work,
    args: ["registry", "serve", `--address=127.0.0.1:${port}`, `--disk=${join(work, "blobs")}`],
  });
  const address = `127.0.0.1:${port}`;
  await until("the chart registry", () => answers(`http://${address}/v2/`), signal ? { signal } : {});
  const keys = Object.keys(RECIPES) as ChartKey[];
  await together(
    keys.map((key) => async (each: AbortSignal) => {
      const run = (args: readonly string[]) => helm(programs.helm, work, args, each);
      const archive = await pack(key, work, run, folders, root);
      await run(["push", archive, `oci://${address}/charts`, "--plain-http"]);
    }),
    signal,
  );
  const registry: ChartRegistry = {
    url: `oci://${address}/charts`,
    standIns: keys.flatMap((key) => RECIPES[key].standIn ?? []),
  };
  save(join(work, "registry.json"), registry);
  return registry;
}

/** The registry that was started before. */
export function openRegistry(state: StateFolder): ChartRegistry {
  return read(join(state.path, "charts", "registry.json"));
}

async function pack(
  key: ChartKey,
  work: string,
  run: (args: readonly string[]) => Promise<string>,
  folders: Readonly<Record<ModuleName, string>>,
  root: string,
): Promise<string> {
  const { name, version } = CHARTS[key];
  const recipe = RECIPES[key];
  const folder = join(work, name);
  if (recipe.from) cpSync(join(folders[recipe.from.module], recipe.from.path), folder, { recursive: true });
  else writeStandIn(folder, name);
  // Files of Go's module cache are read-only.
  makeWritable(folder);
  for (const path of recipe.without ?? []) rmSync(join(folder, path), { recursive: true, force: true });
  if (recipe.crds) {
    const isWanted = (path: string) => !/SHA256SUMS|LICENSE|\.md$/.test(path);
    cpSync(join(root, recipe.crds), join(folder, "crds"), { recursive: true, filter: isWanted });
  }
  dropAbsentDependencies(folder);
  const out = await run([
    "package",
    folder,
    `--version=${version}`,
    `--app-version=${version}`,
    `--destination=${work}`,
  ]);
  const archive = /saved it to: (.+)/.exec(out)?.[1]?.trim();
  if (!archive || !existsSync(archive)) throw new Error(`helm package of ${name} said: ${out.trim()}`);
  return archive;
}

/** A subchart that is not beside the chart cannot be fetched here; `helm package` refuses a chart that names one. */
function dropAbsentDependencies(folder: string): void {
  const file = join(folder, "Chart.yaml");
  const chart = load(readFileSync(file, "utf8")) as { dependencies?: { name: string }[] };
  const present = (chart.dependencies ?? []).filter(({ name }) => existsSync(join(folder, "charts", name)));
  writeFileSync(file, dump({ ...chart, dependencies: present }));
  rmSync(join(folder, "Chart.lock"), { force: true });
}

/** A chart with a ServiceAccount-less Deployment, so that what waits for the release has pods to wait for. */
function writeStandIn(folder: string, name: string): void {
  mkdirSync(join(folder, "templates"), { recursive: true });
  writeFileSync(join(folder, "Chart.yaml"), dump({ apiVersion: "v2", name, version: "0.0.0", type: "application" }));
  writeFileSync(
    join(folder, "templates", "deployment.yaml"),
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {app.kubernetes.io/name: {{ .Release.Name }}, aks-fleet/stand-in: "true"}
spec:
  replicas: 1
  selector:
    matchLabels: {app.kubernetes.io/name: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: {{ .Release.Name }}, aks-fleet/stand-in: "true"}
    spec:
      automountServiceAccountToken: false
      nodeSelector: {kubernetes.azure.com/mode: system}
      tolerations: [{key: CriticalAddonsOnly, operator: Exists}]
      securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: stand-in
        image: mcr.microsoft.com/oss/kubernetes/pause:3.10
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 10m, memory: 16Mi}}
`,
  );
}

function makeWritable(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  if (isFolder) for (const entry of readdirSync(path)) makeWritable(join(path, entry));
}

async function helm(program: string, home: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    HELM_CACHE_HOME: home,
    HELM_CONFIG_HOME: home,
    HELM_DATA_HOME: home,
  };
  const { code, stdout, stderr } = await runProgram(program, args, { env, cwd: home, signal });
  if (code !== 0) throw new Error(`helm ${args[0]}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}
