import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiClient } from "./client";
import { freePorts } from "./ports";
import { lastWords, type ProcessSpec, restartProcess, startProcess } from "./processes";
import { read, type StateFolder, save } from "./state";
import { until } from "./wait";

/** Paths of the programs that a control plane consists of. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly "kube-apiserver": string;
  readonly "kube-controller-manager": string;
  readonly "kube-scheduler": string;
}

/** One control plane on loopback. */
export interface Plane {
  /** The cluster's name. */
  readonly name: string;
  /** Its folder. */
  readonly folder: string;
  /** The administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly ports: Ports;
  readonly client: ApiClient;
}

/** Ports of everything that may run for one cluster. */
export type Ports = Readonly<Record<(typeof PORTS)[number], number>>;

const PORTS = [
  "etcd",
  "etcdPeer",
  "apiserver",
  "controllerManager",
  "scheduler",
  "artifacts",
  "sourceHealth",
  "kustomizeHealth",
  "helmHealth",
  "kyverno",
  "kyvernoMetrics",
  "kwok",
  "karpenterMetrics",
  "karpenterHealth",
] as const;

/** Options of a control plane. */
export interface PlaneOptions {
  /** Behave as this older minor, for example `1.34`. @default as built */
  readonly emulatedVersion?: string;
  readonly signal?: AbortSignal;
}

/** Who signs in with a token of their own. Tokens exist for a run and lie in the state folder only. */
const USERS = [
  { name: "admin", group: "system:masters" },
  { name: "system:kube-controller-manager", group: "system:authenticated" },
  { name: "system:kube-scheduler", group: "system:authenticated" },
] as const;

const COMPONENTS = ["etcd", "apiserver", "controller-manager", "scheduler"] as const;

/** Starts a control plane and waits until it serves. */
export async function startPlane(
  state: StateFolder,
  name: string,
  programs: ControlPlanePrograms,
  options: PlaneOptions = {},
): Promise<Plane> {
  const folder = state.plane(name);
  mkdirSync(join(folder, "pki"), { recursive: true, mode: 0o700 });
  const numbers = await freePorts(PORTS.length);
  const ports = Object.fromEntries(PORTS.map((port, index) => [port, numbers[index]])) as Ports;
  save(join(folder, "ports.json"), ports);
  writeIdentities(folder, ports);
  for (const spec of specsOf(name, folder, ports, programs, options).slice(0, 2)) startProcess(state, spec);
  await serves(state, name, folder, ports, options.signal);
  for (const spec of specsOf(name, folder, ports, programs, options).slice(2)) startProcess(state, spec);
  const plane = openPlane(state, name);
  await until(`${name}: default namespace`, () => plane.client.get("v1", "Namespace", "kube-system"), options);
  return plane;
}

/** A control plane that was started before, by whomever. */
export function openPlane(state: StateFolder, name: string): Plane {
  const folder = state.plane(name);
  const ports = read<Ports>(join(folder, "ports.json"));
  const client = new ApiClient({
    server: `https://127.0.0.1:${ports.apiserver}`,
    ca: readFileSync(join(folder, "pki", "apiserver.crt"), "utf8"),
    token: readFileSync(join(folder, "pki", "admin.token"), "utf8"),
  });
  return { name, folder, kubeconfig: join(folder, "kubeconfig"), ports, client };
}

/** Starts what of a control plane was ended, and waits until it serves. */
export async function reopenPlane(state: StateFolder, plane: Plane, components = COMPONENTS): Promise<void> {
  for (const component of components) restartProcess(state, `${plane.name}-${component}`);
  await serves(state, plane.name, plane.folder, plane.ports);
}

/** Names of a control plane's own processes. */
export function planeProcesses(name: string): readonly string[] {
  return COMPONENTS.map((component) => `${name}-${component}`);
}

async function serves(state: StateFolder, name: string, folder: string, ports: Ports, signal?: AbortSignal) {
  const access = { server: `https://127.0.0.1:${ports.apiserver}`, token: "" };
  const ready = () => {
    // The API server makes its certificate when it starts.
    try {
      const ca = readFileSync(join(folder, "pki", "apiserver.crt"), "utf8");
      const token = readFileSync(join(folder, "pki", "admin.token"), "utf8");
      return new ApiClient({ ...access, ca, token }).isReady();
    } catch {
      return Promise.resolve(false);
    }
  };
  await until(`the API server of ${name}`, ready, {
    ...(signal && { signal }),
    explain: () => `${name}-apiserver said last:\n${lastWords(state, `${name}-apiserver`)}`,
  });
}

function writeIdentities(folder: string, ports: Ports): void {
  const secret = (file: string, text: string) => writeFileSync(join(folder, file), text, { mode: 0o600 });
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  secret("pki/sa.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  secret("pki/sa.pub", publicKey.export({ type: "spki", format: "pem" }).toString());
  const tokens = USERS.map((user) => ({ ...user, token: randomBytes(24).toString("hex") }));
  secret("pki/tokens.csv", tokens.map(({ name, group, token }) => `${token},${name},${name},${group}\n`).join(""));
  for (const { name, token } of tokens) {
    const short = name.replace("system:", "");
    secret(`pki/${short}.token`, token);
    secret(
      short === "admin" ? "kubeconfig" : `${short}.kubeconfig`,
      kubeconfig(ports.apiserver, join(folder, "pki", "apiserver.crt"), token, folder),
    );
  }
}

function kubeconfig(port: number, ca: string, token: string, folder: string): string {
  const name = `live-${folder.split("/").pop()}`;
  return `${JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name, cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority": ca } }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      "current-context": name,
    },
    null,
    2,
  )}\n`;
}

function specsOf(
  name: string,
  folder: string,
  ports: Ports,
  programs: ControlPlanePrograms,
  { emulatedVersion }: PlaneOptions,
): readonly [ProcessSpec, ProcessSpec, ProcessSpec, ProcessSpec] {
  const pki = join(folder, "pki");
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const as = (who: string) =>
    ["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map(
      (flag) => `--${flag}=${join(folder, `${who}.kubeconfig`)}`,
    );
  return [
    {
      name: `${name}-etcd`,
      program: programs.etcd,
      cwd: folder,
      args: [
        `--data-dir=${join(folder, "etcd")}`,
        // The data need not survive the machine, only the process.
        "--unsafe-no-fsync",
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        "--log-level=warn",
      ],
    },
    {
      name: `${name}-apiserver`,
      program: programs["kube-apiserver"],
      cwd: folder,
      args: [
        `--etcd-servers=${client}`,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        `--secure-port=${ports.apiserver}`,
        `--cert-dir=${pki}`,
        `--token-auth-file=${join(pki, "tokens.csv")}`,
        "--service-account-issuer=https://kubernetes.default.svc",
        "--api-audiences=https://kubernetes.default.svc",
        `--service-account-key-file=${join(pki, "sa.pub")}`,
        `--service-account-signing-key-file=${join(pki, "sa.key")}`,
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--allow-privileged=true",
        "--service-cluster-ip-range=10.96.0.0/16",
        // There is one API server and no network in which somebody would look for it.
        "--endpoint-reconciler-type=none",
        ...(emulatedVersion ? [`--emulated-version=kube=${emulatedVersion}`] : []),
      ],
    },
    {
      name: `${name}-controller-manager`,
      program: programs["kube-controller-manager"],
      cwd: folder,
      args: [
        ...as("kube-controller-manager"),
        "--bind-address=127.0.0.1",
        `--secure-port=${ports.controllerManager}`,
        `--cert-dir=${pki}`,
        `--service-account-private-key-file=${join(pki, "sa.key")}`,
        `--root-ca-file=${join(pki, "apiserver.crt")}`,
        "--use-service-account-credentials=true",
        "--leader-elect=false",
        "--controllers=*,-node-ipam-controller,-node-route-controller,-cloud-node-lifecycle-controller",
      ],
    },
    {
      name: `${name}-scheduler`,
      program: programs["kube-scheduler"],
      cwd: folder,
      args: [
        ...as("kube-scheduler"),
        "--bind-address=127.0.0.1",
        `--secure-port=${ports.scheduler}`,
        `--cert-dir=${pki}`,
        "--leader-elect=false",
      ],
    },
  ];
}
