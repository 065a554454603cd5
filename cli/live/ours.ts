import { type Held, nameOf } from "./discovery";
import { fluxProcesses } from "./flux";
import { kyvernoProcess } from "./kyverno";
import { kwokProcess } from "./nodes";
import { MANAGER } from "./transport";

/** Label of what the API server itself registers for a CRD, and removes with it. */
const AUTOMATIC = "kube-aggregator.kubernetes.io/automanaged";

/** Names under which Flux's controllers write fields, beside those of their processes. */
const FLUX_MANAGERS = ["source", "kustomize", "helm"].flatMap((part) => [
  `${part}-controller`,
  `gotk-${part}-controller`,
]);

/**
 * Names under which what runs beside a cluster writes fields. A program that chooses none has that of its process; a person's `kubectl` or
 * `helm` is not among them.
 */
export function managersOn(cluster: string): ReadonlySet<string> {
  return new Set([MANAGER, ...FLUX_MANAGERS, ...fluxProcesses(cluster), kwokProcess(cluster), kyvernoProcess(cluster)]);
}

/** What was on a cluster before, and by whom is written what comes. */
export interface Origin {
  /** Uids of what was there. */
  readonly before: ReadonlySet<string>;
  /** What the rig itself puts there, as {@link nameOf} says it: a namespace without a label shows no manager. */
  readonly given: ReadonlySet<string>;
  readonly managers: ReadonlySet<string>;
}

/**
 * Of all objects those that are there because of the rig: new, and given or written by its managers, or belonging to such an object: by
 * namespace, by owner, by kind, as a pod on it, or as an event about it. What others have made meanwhile is none of them.
 *
 * `known` keeps what was found, so that what belongs to an object is known when that is gone already.
 */
export function oursIn(
  held: readonly Held[],
  { before, given, managers }: Origin,
  known: Set<string>,
): readonly Held[] {
  let rest = held.filter(({ uid }) => !before.has(uid));
  const ours: Held[] = [];
  const take = (object: Held) => {
    ours.push(object);
    for (const mark of marksOf(object)) known.add(mark);
  };
  const isOurs = (object: Held) =>
    known.has(object.uid) ||
    [nameOf(object), object.about, object.node].some((name) => name !== undefined && given.has(name)) ||
    object.managers.some((manager) => managers.has(manager)) ||
    belongings(object).some((mark) => known.has(mark));
  for (let found = [...rest]; found.length > 0; ) {
    found = rest.filter(isOurs);
    rest = rest.filter((object) => !found.includes(object));
    found.forEach(take);
  }
  const foreign = new Set(held.filter((object) => isCrd(object) && !ours.includes(object)).map(groupOfCrd));
  return [...ours, ...rest.filter((object) => isAutomatic(object) && !foreign.has(groupOfApi(object)))];
}

/** Whether an object is of a kind that one of these CRDs defines. */
export function isCustom({ type }: Held, crds: ReadonlySet<string>): boolean {
  return crds.has(`${type.name}.${type.group}`);
}

/** Whether an object defines a kind. */
export function isCrd({ type }: Held): boolean {
  return type.kind === "CustomResourceDefinition" && type.group === "apiextensions.k8s.io";
}

/** Whether the API server itself keeps an object, and would only make it again. */
export function isAutomatic({ type, labels }: Held): boolean {
  return type.kind === "APIService" && AUTOMATIC in labels;
}

/** By what other objects say that they belong to this one. */
function marksOf(object: Held): readonly string[] {
  const { type, uid, name } = object;
  return [
    uid,
    `at ${nameOf(object)}`,
    ...(type.kind === "Namespace" && type.group === "" ? [`namespace ${name}`] : []),
    ...(isCrd(object) ? [`kind ${name}`] : []),
  ];
}

/** What an object belongs to, as {@link marksOf} would say it. */
function belongings({ type, namespace, owners, about, node }: Held): readonly string[] {
  return [
    ...owners,
    `kind ${type.name}.${type.group}`,
    ...(namespace ? [`namespace ${namespace}`] : []),
    ...(about ? [`at ${about}`] : []),
    ...(node ? [`at ${node}`] : []),
  ];
}

function groupOfCrd({ name }: Held): string {
  return name.slice(name.indexOf(".") + 1);
}

/** An APIService is named by version and group. */
function groupOfApi({ name }: Held): string {
  return name.slice(name.indexOf(".") + 1);
}

/** What objects are in words, at most so many. */
export function named(objects: readonly Held[], most = 20): readonly string[] {
  const lines = objects.map((object) => {
    const { finalizers } = object;
    return finalizers.length > 0 ? `${nameOf(object)} (finalizers: ${finalizers.join(", ")})` : nameOf(object);
  });
  return lines.length > most ? [...lines.slice(0, most), `and ${lines.length - most} more`] : lines;
}
