import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ApiClient } from "./client";
import {
  type BesidePorts,
  type ControlPlanePrograms,
  type PlaneOptions,
  PORTS,
  type Ports,
  specsOf,
} from "./control-plane";
import { accessIn } from "./credentials";
import { writeIdentities } from "./identities";
import { freePorts } from "./ports";
import { lastWords, restartProcess, startProcess } from "./processes";
import { read, type StateFolder, save } from "./state";
import { until } from "./wait";

export type { ControlPlanePrograms, PlaneOptions, Ports } from "./control-plane";

/** One control plane: the rig's own on loopback, or an existing test cluster's. */
export interface Plane {
  /** The cluster's name. */
  readonly name: string;
  /** Its folder. */
  readonly folder: string;
  /** The administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** Of what runs beside it. */
  readonly ports: BesidePorts;
  readonly client: ApiClient;
  /** Whose it is where it is not the rig's own. */
  readonly existing?: ExistingPlane;
}

/** What is known of an existing cluster. */
export interface ExistingPlane {
  /** Its context in the person's kubeconfig. */
  readonly context: string;
  /** What a person should know about it, a sentence each. */
  readonly standIns: readonly string[];
  /** Whether its API server reaches webhooks on 127.0.0.1. */
  readonly reachesLoopback: boolean;
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
  await serves(state, name, folder, options.signal);
  for (const spec of specsOf(name, folder, ports, programs, options).slice(2)) startProcess(state, spec);
  const plane = openPlane(state, name);
  await until(`${name}: default namespace`, () => plane.client.get("v1", "Namespace", "kube-system"), options);
  return plane;
}

/** A control plane that was started before, by whomever. */
export function openPlane(state: StateFolder, name: string): Plane {
  const folder = state.plane(name);
  const ports = read<BesidePorts>(join(folder, "ports.json"));
  const kubeconfig = join(folder, "kubeconfig");
  const existing = existingFile(folder);
  return {
    name,
    folder,
    kubeconfig,
    ports,
    client: new ApiClient(accessIn(kubeconfig)),
    ...(existsSync(existing) && { existing: read<ExistingPlane>(existing) }),
  };
}

/** Where is kept what is known of an existing cluster; it is there for those alone. */
export function existingFile(folder: string): string {
  return join(folder, "existing.json");
}

/** Whether the API server of a plane reaches webhooks on 127.0.0.1. */
export function reachesLoopback({ existing }: Pick<Plane, "existing">): boolean {
  return existing?.reachesLoopback ?? true;
}

/** Starts what of a control plane was ended, and waits until it serves. */
export async function reopenPlane(state: StateFolder, plane: Plane, components = COMPONENTS): Promise<void> {
  for (const component of components) restartProcess(state, `${plane.name}-${component}`);
  await serves(state, plane.name, plane.folder);
}

/** Names of a control plane's own processes. */
export function planeProcesses(name: string): readonly string[] {
  return COMPONENTS.map((component) => `${name}-${component}`);
}

async function serves(state: StateFolder, name: string, folder: string, signal?: AbortSignal) {
  const ready = () => {
    // The API server makes its certificate when it starts.
    try {
      return new ApiClient(accessIn(join(folder, "kubeconfig"))).isReady();
    } catch {
      return Promise.resolve(false);
    }
  };
  await until(`the API server of ${name}`, ready, {
    ...(signal && { signal }),
    explain: () => `${name}-apiserver said last:\n${lastWords(state, `${name}-apiserver`)}`,
  });
}
