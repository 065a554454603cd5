import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { KubernetesObject } from "../../../base/object";
import { ROOT } from "../place";
import { type Container, type PodSpec, podTemplateOf, type Workload } from "./pods";

/** Policies that have fixtures for Kyverno's command line, which the API server is asked about here. */
export const POLICIES = [
  "disallow-privileged-containers",
  "require-labels",
  "require-resource-limits",
  "restrict-image-registries",
] as const;

/** Name of one. */
export type Policy = (typeof POLICIES)[number];

/** A fixture as a user would send it. */
export interface Fixture {
  readonly file: string;
  readonly object: Workload;
  /** Containers that are added later: the API server takes none with a new pod. */
  readonly ephemeral: readonly Container[];
  /** Policies that refuse it; whichever answers first is heard. */
  readonly breaks: readonly Policy[];
}

/** An image that resembles the mesh's is not the mesh's, so it comes from nowhere good. */
const FOREIGN_TOO = ["sidecar-lookalike"];

/** The registry that fixtures are written for. */
const WRITTEN_FOR = "acrk8sdemo.azurecr.io";
const RESOURCES = { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "20m", memory: "16Mi" } };
const LABELS = { app: "demo", version: "1.2.3" };

/** A policy's fixtures, for a registry. Each is made whole, so that it breaks no other policy than the one it is about. */
export function fixturesOf(policy: Policy, side: "good" | "bad", registry: string): readonly Fixture[] {
  const folder = join(ROOT, "test", "policy", policy, side);
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8").replaceAll(WRITTEN_FOR, registry);
      const object = load(text) as Workload;
      const pod = podTemplateOf(object);
      if (policy !== "require-labels")
        pod.metadata = { ...pod.metadata, labels: { ...pod.metadata?.labels, ...LABELS } };
      if (policy !== "require-resource-limits") limit(pod.spec);
      const { ephemeralContainers: ephemeral = [] } = pod.spec;
      delete pod.spec.ephemeralContainers;
      const name = file.replace(/\.yaml$/, "");
      const breaks = FOREIGN_TOO.includes(name) ? [policy, "restrict-image-registries" as const] : [policy];
      return { file: name, object, ephemeral, breaks };
    });
}

function limit(spec: PodSpec): void {
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) container.resources ??= RESOURCES;
}

/** A pod that every policy admits, in a namespace. */
export function goodPod(namespace: string, registry: string, name: string): KubernetesObject & Workload {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { ...LABELS } },
    spec: { containers: [{ name: "app", image: `${registry}/app:1`, resources: RESOURCES }] },
  } as KubernetesObject & Workload;
}
