import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiClient } from "./client";
import { type ControlPlanePrograms, type PlaneOptions, PORTS, type Ports, specsOf } from "./control-plane";
import { writeIdentities } from "./identities";
import { freePorts } from "./ports";
import { lastWords, restartProcess, startProcess } from "./processes";
import { read, type StateFolder, save } from "./state";
import { until } from "./wait";

export type { ControlPlanePrograms, PlaneOptions, Ports } from "./control-plane";

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
  writeIdentities(folder, ports.apiserver);
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
