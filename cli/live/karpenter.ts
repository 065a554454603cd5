import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../base/object";
import { crdsIn, installCrds } from "./crds";
import type { Plane } from "./plane";
import { endProcesses, forgetProcess, lastWords, startProcess } from "./processes";
import type { StateFolder } from "./state";
import { answers, until } from "./wait";

/** A machine size that can be had, as Karpenter's kwok provider reads it. */
export interface Sku {
  readonly name: string;
  readonly architecture: string;
  readonly operatingSystems: readonly string[];
  readonly resources: Readonly<Record<string, string>>;
  readonly offerings: readonly Offering[];
}

/** Where, as what, and for how much an hour a machine can be had. Keys of requirements become labels of the nodes. */
export interface Offering {
  readonly Price: number;
  readonly Requirements: readonly {
    readonly key: string;
    readonly operator: "In";
    readonly values: readonly string[];
  }[];
}

/** What Karpenter is started with. */
export interface KarpenterInputs {
  /** Path of the program. */
  readonly program: string;
  /** Folder of Karpenter's module, which has the CRD of the node class. */
  readonly moduleFolder: string;
  /** Machines that can be had. */
  readonly skus: readonly Sku[];
  /** How long a machine takes until it is a node, in seconds. @default 0 */
  readonly nodeStart?: number;
}

/** The node class that NodePools have to name here: in place of Azure, kwok's provider makes the machines. */
export const KWOK_NODE_CLASS = { group: "karpenter.kwok.sh", kind: "KWOKNodeClass", name: "workers" } as const;

const CRD = "kwoknodeclasses.karpenter.kwok.sh";

/** Name of Karpenter's process on a cluster. */
export function karpenterProcess(cluster: string): string {
  return `${cluster}-karpenter`;
}

/** Starts the real core of Karpenter on a plane and waits until it works. The rest of its CRDs are the cluster's own. */
export async function startKarpenter(state: StateFolder, plane: Plane, inputs: KarpenterInputs): Promise<void> {
  await installCrds(plane.client, crdsIn(join(inputs.moduleFolder, "kwok", "apis", "crds")));
  await plane.client.apply(nodeClass(inputs.nodeStart ?? 0));
  const skus = join(plane.folder, "skus.json");
  writeFileSync(skus, JSON.stringify(inputs.skus, null, 2));
  const name = karpenterProcess(plane.name);
  startProcess(state, {
    name,
    program: inputs.program,
    cwd: plane.folder,
    // It takes no kubeconfig as a flag, and listens for metrics and health on every interface: it knows no address to bind to.
    env: { KUBECONFIG: plane.kubeconfig },
    args: [
      "--disable-leader-election",
      `--metrics-port=${plane.ports.karpenterMetrics}`,
      `--health-probe-port=${plane.ports.karpenterHealth}`,
      `--instance-types-file-path=${skus}`,
      "--batch-idle-duration=500ms",
      "--batch-max-duration=3s",
    ],
  });
  const health = `http://127.0.0.1:${plane.ports.karpenterHealth}/readyz`;
  await until(`Karpenter on ${plane.name}`, () => answers(health), {
    explain: () => `${name} said last:\n${lastWords(state, name)}`,
  });
}

/** Ends Karpenter. Its nodes stay, and nobody looks after them. */
export async function stopKarpenter(state: StateFolder, plane: Plane): Promise<void> {
  await endProcesses(state, (name) => name === karpenterProcess(plane.name));
}

/** Removes what {@link startKarpenter} has added, once no node of it is left. */
export async function forgetKarpenter(state: StateFolder, plane: Plane): Promise<void> {
  await stopKarpenter(state, plane);
  await plane.client.remove({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: CRD },
  });
  rmSync(join(plane.folder, "skus.json"), { force: true });
  forgetProcess(state, karpenterProcess(plane.name));
}

function nodeClass(seconds: number): KubernetesObject {
  const { group, kind, name } = KWOK_NODE_CLASS;
  const object = {
    apiVersion: `${group}/v1alpha1`,
    kind,
    metadata: { name },
    spec: { nodeRegistrationDelay: `${seconds}s` },
  };
  return object;
}
