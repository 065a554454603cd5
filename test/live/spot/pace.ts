import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump, loadAll } from "js-yaml";
import type { KubernetesObject } from "../../../base/object";
import type { Plane } from "../../../cli/live/plane";
import { endProcesses, restartProcess } from "../../../cli/live/processes";
import type { StateFolder } from "../../../cli/live/state";
import { APPLICATION, POWERED_OFF } from "./application";

/** How long things take that kwok otherwise does at once. */
export interface Pace {
  /** Seconds from a pod's arrival on a node until it is ready. */
  readonly start: number;
  /** Seconds from the request to end a pod until it is gone: its `preStop` and its own end. */
  readonly stop: number;
}

interface Stage extends KubernetesObject {
  readonly spec: {
    readonly resourceRef: { readonly kind: string };
    readonly selector: { readonly matchExpressions: readonly Expression[] };
  };
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/**
 * Gives the application's pods the time that pods take, and lets nodes lose their machine: kwok then plays their kubelet no more. Returns
 * what puts everything back.
 */
export async function setPace(state: StateFolder, plane: Plane, pace: Pace): Promise<() => Promise<void>> {
  const file = join(plane.folder, "stages.yaml");
  const own = readFileSync(file, "utf8");
  const stages = (loadAll(own) as Stage[]).flatMap((stage) => paced(stage, pace));
  const restart = async (text: string) => {
    await endProcesses(state, (name) => name === `${plane.name}-kwok`);
    writeFileSync(file, text);
    // A new kwok takes a node over when the lease of the former one has run out; without one, at once.
    for (const lease of await plane.client.list("coordination.k8s.io/v1", "Lease", "kube-node-lease")) {
      await plane.client.remove(lease);
    }
    restartProcess(state, `${plane.name}-kwok`);
  };
  await restart(stages.map((stage) => dump(stage)).join("---\n"));
  return () => restart(own);
}

function paced(stage: Stage, { start, stop }: Pace): readonly Stage[] {
  const { name } = stage.metadata;
  if (stage.spec.resourceRef.kind === "Node") {
    return [when(stage, name, { key: `.metadata.annotations["${POWERED_OFF}"]`, operator: "DoesNotExist" })];
  }
  const seconds = name === "pod-ready" ? start : name === "pod-delete" ? stop : undefined;
  if (seconds === undefined) return [stage];
  const place = { key: ".metadata.namespace", values: [APPLICATION] };
  const slow = when(stage, `${name}-${APPLICATION}`, { ...place, operator: "In" });
  const delayed = { ...slow, spec: { ...slow.spec, delay: { durationMilliseconds: seconds * 1000 } } };
  return [when(stage, name, { ...place, operator: "NotIn" }), delayed];
}

function when(stage: Stage, name: string, expression: Expression): Stage {
  const { selector } = stage.spec;
  const matchExpressions = [...selector.matchExpressions, expression];
  return { ...stage, metadata: { name }, spec: { ...stage.spec, selector: { ...selector, matchExpressions } } };
}
