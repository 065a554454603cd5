import { podSpecsOf } from "../../validate/pods";
import { isJson, type Json, valueAt } from "../../validate/types";
import type { Delta, Entry } from "../entry";
import type { Check, RuleDocs } from "./rule";
import { newIn, objectsAt, pathsUnder, shown, textsAt } from "./values";

/** What pods may do to their node. */
export const PODS = {
  "security/privileged": {
    severity: "danger",
    title: "A container becomes privileged",
    doc: "It has every right on its node, and with it on every pod there.",
  },
  "security/host-access": {
    severity: "danger",
    title: "A pod reaches into its node",
    doc: "hostNetwork, hostPID, hostIPC, a hostPath volume or a hostPort: the pod sees other pods' traffic, processes or files.",
  },
  "security/capabilities": {
    severity: "danger",
    title: "A container gains capabilities",
    doc: "Capabilities are added, or `drop: [ALL]` goes. Add only the one that is needed.",
  },
  "security/root": {
    severity: "danger",
    title: "A container may run as root",
    doc: "runAsNonRoot goes or runAsUser becomes 0.",
  },
  "security/escalation": {
    severity: "warning",
    title: "A container's processes may gain rights",
    doc: "allowPrivilegeEscalation is no longer false: setuid programs work again.",
  },
  "security/confinement": {
    severity: "warning",
    title: "A container is less confined",
    doc: "seccomp or AppArmor becomes Unconfined or is left out, or the root file system becomes writable.",
  },
  "security/token": {
    severity: "warning",
    title: "Pods get a token for the API server",
    doc: "automountServiceAccountToken is no longer false; whoever breaks into the pod can act as its service account.",
  },
} as const satisfies RuleDocs;

interface Container {
  readonly name: string;
  readonly content: Json;
  readonly pod: Json;
}

/** Looks at the pods of a workload that is new or differs. */
export const pods: Check = (delta, _world, report) => {
  if (!delta.after) return;
  const [now] = specsOf(delta.after);
  const [old] = delta.before ? specsOf(delta.before) : [];
  if (!now) return tokens(delta, _world, report);
  const paths = pathsUnder(delta, "spec");
  const say: typeof report = (rule, message) =>
    report(
      rule,
      message,
      paths.filter((path) => FIELDS.test(path)),
    );
  for (const field of ["hostNetwork", "hostPID", "hostIPC"]) {
    if (now[field] === true && old?.[field] !== true) say("security/host-access", `${field} becomes true`);
  }
  const mounts = newIn(hostPaths(old), hostPaths(now));
  if (mounts.length > 0) say("security/host-access", `mounts ${mounts.join(", ")} of the node`);
  if (now["automountServiceAccountToken"] !== false && old?.["automountServiceAccountToken"] === false) {
    say("security/token", "automountServiceAccountToken is no longer false");
  }
  const before = new Map(containersOf(old).map((container) => [container.name, container]));
  for (const container of containersOf(now)) compare(container, before.get(container.name), say);
};

const FIELDS = /security|host|volumes|automount|containers\[[^\]]*\]$|Containers\[[^\]]*\]$/i;

const tokens: Check = (delta, _world, report) => {
  if (delta.ref.kind !== "ServiceAccount" || !delta.before) return;
  const field = "automountServiceAccountToken";
  if (valueAt(delta.before.content, field) === false && valueAt(delta.after?.content, field) !== false) {
    report("security/token", `${field} is no longer false`, [field]);
  }
};

function compare(
  now: Container,
  old: Container | undefined,
  say: (rule: keyof typeof PODS, message: string) => void,
): void {
  const name = `container ${now.name}`;
  const own = (container: Container | undefined, ...keys: string[]) =>
    valueAt(container?.content, "securityContext", ...keys);
  if (own(now, "privileged") === true && own(old, "privileged") !== true)
    say("security/privileged", `${name} becomes privileged`);
  const added = newIn(
    textsAt(old?.content, "securityContext", "capabilities", "add"),
    textsAt(now.content, "securityContext", "capabilities", "add"),
  );
  if (added.length > 0) say("security/capabilities", `${name} gains ${added.join(", ")}`);
  const drops = (container: Container | undefined) =>
    textsAt(container?.content, "securityContext", "capabilities", "drop");
  const kept = newIn(drops(now), drops(old));
  if (kept.length > 0) say("security/capabilities", `${name} no longer drops ${kept.join(", ")}`);
  const root = mayBeRoot(now);
  if (root !== undefined && (old ? mayBeRoot(old) === undefined : root !== UNSAID))
    say("security/root", `${name}: ${root}`);
  if (old && own(old, "allowPrivilegeEscalation") === false && own(now, "allowPrivilegeEscalation") !== false) {
    say("security/escalation", `${name}: allowPrivilegeEscalation is no longer false`);
  }
  if (
    own(now, "allowPrivilegeEscalation") === true &&
    own(old, "allowPrivilegeEscalation") !== true &&
    !(old && own(old, "allowPrivilegeEscalation") === false)
  ) {
    say("security/escalation", `${name}: allowPrivilegeEscalation becomes true`);
  }
  for (const profile of ["seccompProfile", "appArmorProfile"]) {
    const [was, is] = [effective(old, profile, "type"), effective(now, profile, "type")];
    const isLoose = is === "Unconfined" || (is === undefined && was !== undefined);
    if (isLoose && was !== is)
      say("security/confinement", `${name}: ${profile} goes from ${shown(was)} to ${shown(is)}`);
  }
  if (own(old, "readOnlyRootFilesystem") === true && own(now, "readOnlyRootFilesystem") !== true) {
    say("security/confinement", `${name}: its root file system becomes writable`);
  }
  const ports = (container: Container | undefined) =>
    objectsAt(container?.content, "ports").flatMap(({ hostPort }) =>
      hostPort === undefined ? [] : [String(hostPort)],
    );
  const opened = newIn(ports(old), ports(now));
  if (opened.length > 0) say("security/host-access", `${name} takes port ${opened.join(", ")} of the node`);
}

const UNSAID = "nothing keeps it from running as root any more";

function mayBeRoot(container: Container): string | undefined {
  if (effective(container, "runAsUser") === 0) return "runs as user 0";
  const value = effective(container, "runAsNonRoot");
  if (value === true) return undefined;
  return value === false ? "runAsNonRoot is false" : UNSAID;
}

/** A container's own setting goes before its pod's. */
function effective(container: Container | undefined, ...keys: readonly string[]): unknown {
  return valueAt(container?.content, "securityContext", ...keys) ?? valueAt(container?.pod, "securityContext", ...keys);
}

function specsOf({ file, cluster, ref, content }: Entry): readonly Json[] {
  return podSpecsOf({ file, cluster, ref, content }).map(({ spec }) => spec);
}

function containersOf(pod: Json | undefined): readonly Container[] {
  if (!pod) return [];
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((field) =>
    objectsAt(pod, field).map((content, index) => ({
      name: typeof content["name"] === "string" ? content["name"] : `${field}[${index}]`,
      content,
      pod,
    })),
  );
}

function hostPaths(pod: Json | undefined): readonly string[] {
  return objectsAt(pod, "volumes").flatMap((volume) => {
    const path = volume["hostPath"];
    return isJson(path) ? [shown(path["path"])] : [];
  });
}

/** Whether a change concerns a pod's template, for other rules. */
export function podSpecOf(entry: Delta["after"]): Json | undefined {
  return entry ? specsOf(entry)[0] : undefined;
}
