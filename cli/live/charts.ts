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
import type { ModuleName } from "./modules";
import { freePorts } from "./ports";
import { startProcess } from "./processes";
import { read, type StateFolder, save } from "./state";
import { until } from "./wait";

/** A registry on loopback with the fleet's charts. */
export interface ChartRegistry {
  /** What the fleet's `chartMirror.url` has to be. */
  readonly url: `oci://${string}`;
  /** What differs from the projects' own charts, a sentence each. */
  readonly standIns: readonly string[];
}

/** Name of the registry's process. */
export const REGISTRY = "registry";

type ChartKey = keyof typeof CHARTS;

/** How a chart is made from what can be had. */
interface Recipe {
  /** Folder of the chart in a Go module. @default none: a chart of one Deployment stands in for it */
  readonly from?: { readonly module: ModuleName; readonly path: string };
  /** Files and folders to leave out, relative to the chart. */
  readonly without?: readonly string[];
  /** Folder of the repository with CRDs to add. */
  readonly crds?: string;
  /** What a reader has to know. */
  readonly standIn?: string;
}

const WEBHOOKS = "without its webhooks, as no process answers them here";

const RECIPES: Readonly<Record<ChartKey, Recipe>> = {
  "cert-manager": {
    from: { module: "github.com/cert-manager/cert-manager", path: "deploy/charts/cert-manager" },
    without: ["templates/webhook-mutating-webhook.yaml", "templates/webhook-validating-webhook.yaml", "tests"],
    standIn: `cert-manager: the chart of ${CHARTS["cert-manager"].version}, ${WEBHOOKS}`,
  },
  kyverno: {
    from: { module: "github.com/kyverno/kyverno", path: "charts/kyverno" },
    without: ["ci", "README.md", "README.md.gotmpl"],
    standIn: `kyverno: the chart of ${CHARTS.kyverno.version}; its subchart kyverno-api cannot be had, so the CRDs of policies.kyverno.io are there beforehand; its pods are kwok's, its admission controller runs beside the cluster`,
  },
  "external-secrets": {
    from: { module: "github.com/external-secrets/external-secrets", path: "deploy/charts/external-secrets" },
    without: ["templates/validatingwebhook.yaml", "templates/crds", "tests", "ci", "values.schema.json"],
    crds: join("imports", "crds", `external-secrets-${CHARTS["external-secrets"].version}`),
    standIn: `external-secrets: the chart of 1.3.2 under the name of ${CHARTS["external-secrets"].version}, with the CRDs of ${CHARTS["external-secrets"].version}, ${WEBHOOKS}`,
  },
  kiali: { standIn: "kiali: a chart of one Deployment in its place, as the project's own cannot be had offline" },
  reloader: { standIn: "reloader: a chart of one Deployment in its place, as the project's own cannot be had offline" },
};

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
  await until("the chart registry", async () => (await fetch(`http://${address}/v2/`)).ok, signal ? { signal } : {});
  const keys = Object.keys(RECIPES) as ChartKey[];
  const archives = await Promise.all(keys.map((key) => pack(key, work, programs.helm, folders, root)));
  await Promise.all(
    archives.map((archive) => helm(programs.helm, work, ["push", archive, `oci://${address}/charts`, "--plain-http"])),
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
  helmProgram: string,
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
  const out = await helm(helmProgram, work, [
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

async function helm(program: string, home: string, args: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    HELM_CACHE_HOME: home,
    HELM_CONFIG_HOME: home,
    HELM_DATA_HOME: home,
  };
  const { code, stdout, stderr } = await runProgram(program, args, { env, cwd: home });
  if (code !== 0) throw new Error(`helm ${args[0]}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}
