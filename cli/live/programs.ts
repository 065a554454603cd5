import { CRANE } from "../tools/crane";
import { ETCD } from "../tools/etcd";
import { type BuildableTool, buildTool, findTool, isMissing, type MissingTool, NO_GO } from "../tools/find";
import { HELM_CONTROLLER, KUSTOMIZE_CONTROLLER, SOURCE_CONTROLLER } from "../tools/flux";
import { goVersion, type ToolContext } from "../tools/go-tool";
import { HELM } from "../tools/helm";
import { KARPENTER_KWOK } from "../tools/karpenter";
import {
  KUBE_APISERVER,
  KUBE_APISERVER_NEXT,
  KUBE_CONTROLLER_MANAGER,
  KUBE_SCHEDULER,
  KUBECTL,
} from "../tools/kubernetes";
import { KWOK } from "../tools/kwok";
import { KYVERNO_ADMISSION_CONTROLLER } from "../tools/kyverno";
import { announcement, type FreeSpace, progress, requireSpace } from "./builds";

/** Every program that a rig can consist of, by the name that it is asked for. */
export const PROGRAMS = {
  etcd: ETCD,
  "kube-apiserver": KUBE_APISERVER,
  "kube-apiserver-next": KUBE_APISERVER_NEXT,
  "kube-controller-manager": KUBE_CONTROLLER_MANAGER,
  "kube-scheduler": KUBE_SCHEDULER,
  kubectl: KUBECTL,
  "source-controller": SOURCE_CONTROLLER,
  "kustomize-controller": KUSTOMIZE_CONTROLLER,
  "helm-controller": HELM_CONTROLLER,
  kyverno: KYVERNO_ADMISSION_CONTROLLER,
  kwok: KWOK,
  "karpenter-kwok": KARPENTER_KWOK,
  helm: HELM,
  crane: CRANE,
} as const satisfies Readonly<Record<string, BuildableTool>>;

/** Name of a program that a rig can consist of. */
export type ProgramName = keyof typeof PROGRAMS;

/** Where and how programs are looked for. */
export interface ProgramsContext extends ToolContext {
  /** Bytes that are free for a folder. @default what the system says */
  readonly freeSpace?: FreeSpace;
}

/** Programs that cannot be had; the message says of each what was tried. */
export class MissingPrograms extends Error {}

/**
 * Paths of all these programs. Those that are nowhere are built in this order, after a word on what that costs. Throws
 * {@link MissingPrograms} with every one that cannot be had: before the first build where that is certain by then.
 */
export async function findPrograms<Name extends ProgramName>(
  names: readonly Name[],
  context: ProgramsContext,
): Promise<Readonly<Record<Name, string>>> {
  const paths = new Map<ProgramName, string>();
  const missing = new Map<ProgramName, MissingTool>();
  for (const name of new Set(names)) {
    const found = await findTool(PROGRAMS[name], context, { build: false });
    if (isMissing(found)) missing.set(name, found);
    else paths.set(name, found.path);
  }
  if (missing.size > 0) {
    const lost = await buildAll(missing, paths, context);
    if (lost.size > 0) throw new MissingPrograms(explain(lost, paths.size + lost.size));
  }
  return Object.fromEntries(paths) as Record<Name, string>;
}

/** Builds what is missing, adds its paths, and returns what could not be built. */
async function buildAll(
  missing: ReadonlyMap<ProgramName, MissingTool>,
  paths: Map<ProgramName, string>,
  context: ProgramsContext,
): Promise<ReadonlyMap<ProgramName, MissingTool>> {
  const builds: { readonly name: ProgramName; readonly tried: MissingTool; readonly go: string }[] = [];
  const lost = new Map<ProgramName, MissingTool>();
  for (const [name, tried] of missing) {
    const go = tried.refused ? undefined : await goVersion(PROGRAMS[name].go, context);
    if (go !== undefined) builds.push({ name, tried, go });
    else lost.set(name, tried.refused ? tried : { missing: [...tried.missing, NO_GO] });
  }
  if (lost.size > 0) return lost;
  const tools = builds.map(({ name }) => PROGRAMS[name].go);
  context.note(announcement(tools));
  await requireSpace(tools, context);
  const started = performance.now();
  for (const [index, { name, tried, go }] of builds.entries()) {
    context.signal?.throwIfAborted();
    const building = () => context.note(progress(tools, index, (performance.now() - started) / 1000));
    const built = await buildTool(PROGRAMS[name], go, { ...context, building });
    if (isMissing(built)) lost.set(name, { missing: [...tried.missing, ...built.missing] });
    else paths.set(name, built.path);
  }
  return lost;
}

function explain(lost: ReadonlyMap<ProgramName, MissingTool>, count: number): string {
  const each = [...lost].map(
    ([name, { missing }]) =>
      `${name} ${PROGRAMS[name].version}\n${missing.map((line) => `  ${line.replaceAll("\n", "\n  ")}`).join("\n")}`,
  );
  return `${lost.size} of ${count} programs cannot be had:\n${each.join("\n")}`;
}
