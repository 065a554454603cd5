import { podSpecsOf } from "../../validate/pods";
import { type Json, valueAt } from "../../validate/types";
import { type Entry, kindOf, pairAt } from "../entry";
import { quantity } from "../immutable";
import { ROLLED, replicasOf } from "../replicas";
import { images } from "./images";
import type { Check, RuleDocs } from "./rule";
import { isGone, listed, objectsAt, pathsUnder, shown } from "./values";

/** What runs, and how many of it. */
export const WORKLOAD = {
  "workload/rolls": {
    severity: "info",
    title: "Pods are replaced",
    doc: "The pod template differs, so that the workload rolls by its own strategy.",
  },
  "workload/stops": {
    severity: "warning",
    title: "All pods stop before new ones start",
    doc: "Its strategy is Recreate: the workload is away in between.",
  },
  "workload/image": {
    severity: "notice",
    title: "A container runs another image",
    doc: "Read the release notes between the two.",
  },
  "workload/image-registry": {
    severity: "warning",
    title: "A container's image comes from elsewhere",
    doc: "Another registry or repository. Check that it is the same software, and that policies and pull rights cover it.",
  },
  "workload/image-unpinned": {
    severity: "warning",
    title: "A container's image is less pinned",
    doc: "A digest goes, or the tag can move. What runs then depends on when a pod starts.",
  },
  "workload/image-downgrade": {
    severity: "warning",
    title: "A container goes back to an older image",
    doc: "Data that the newer version wrote may not be readable.",
  },
  "workload/replicas-down": {
    severity: "warning",
    title: "A workload has fewer pods",
    doc: "Check that the rest carries the load, and survives the loss of a zone.",
  },
  "workload/replicas-zero": {
    severity: "danger",
    title: "A workload has no pods any more",
    doc: "It stops. If that is meant, take its routes away too, or let KEDA scale it.",
  },
  "workload/probe-removed": {
    severity: "warning",
    title: "A container loses a probe",
    doc: "Traffic reaches pods that are not ready, or a stuck container is never restarted.",
  },
  "workload/resources-down": {
    severity: "notice",
    title: "A container gets less",
    doc: "A request or limit goes down: it may be throttled, killed for memory, or evicted earlier.",
  },
  "workload/strategy": {
    severity: "notice",
    title: "A workload rolls otherwise",
    doc: "Its update strategy differs; see how many pods may be away at once.",
  },
  "workload/command": {
    severity: "notice",
    title: "A container is started otherwise",
    doc: "Its command, arguments or environment differ.",
  },
  "workload/placement": {
    severity: "notice",
    title: "Pods are placed otherwise",
    doc: "Selectors, affinity, tolerations, spread or priority differ: pods may stay Pending, or lose their spread over zones.",
  },
} as const satisfies RuleDocs;

/** Looks at what makes pods. */
export const workload: Check = (delta, world, report) => {
  if (!delta.before || !delta.after || isGone(delta)) return;
  const [old, now] = [delta.before, delta.after].map(specOf);
  if (!old || !now) return;
  const kind = kindOf(delta.ref);
  const isRolled = ROLLED.has(kind);
  const template = pathsUnder(delta, "spec.template");
  if (isRolled && template.length > 0 && valueAt(delta.after.content, "spec", "strategy", "type") === "Recreate") {
    report("workload/stops", "its strategy is Recreate", template);
  } else if (isRolled && template.length > 0) {
    report(
      "workload/rolls",
      kind === "apps/DaemonSet"
        ? "one pod on every node"
        : `${replicasOf(delta.after, world.after(delta.cluster))?.text ?? "its"} replicas`,
      template,
    );
  }
  const strategy = pathsUnder(delta, "spec.strategy", "spec.updateStrategy", "spec.podManagementPolicy");
  if (strategy.length > 0) report("workload/strategy", `${listed(strategy)} differ`, strategy);
  counts(delta, world, report);
  placement(delta, world, report);
  const before = new Map(containers(old).map((container) => [container["name"], container]));
  for (const container of containers(now)) {
    const was = before.get(container["name"]);
    if (was) compare(delta, was, container, report);
  }
};

function specOf({ file, cluster, ref, content }: Entry): Json | undefined {
  return podSpecsOf({ file, cluster, ref, content })[0]?.spec;
}

function containers(pod: Json): readonly Json[] {
  return [...objectsAt(pod, "containers"), ...objectsAt(pod, "initContainers")];
}

const counts: Check = (delta, _world, report) => {
  const [before, after] = pairAt(delta, "spec", "replicas").map((value) => (typeof value === "number" ? value : 1));
  if (before === undefined || after === undefined || after >= before || kindOf(delta.ref) === "apps/DaemonSet") return;
  report(after === 0 ? "workload/replicas-zero" : "workload/replicas-down", `replicas go from ${before} to ${after}`, [
    "spec.replicas",
  ]);
};

const PLACED = [
  "nodeSelector",
  "affinity",
  "tolerations",
  "topologySpreadConstraints",
  "priorityClassName",
  "runtimeClassName",
  "schedulerName",
  "nodeName",
];

const placement: Check = (delta, _world, report) => {
  const paths = delta.fields
    .map(({ path }) => path)
    .filter((path) =>
      PLACED.some((field) => new RegExp(`\\.spec\\.${field}\\b`).test(path) || path === `spec.${field}`),
    );
  if (paths.length > 0) report("workload/placement", `${listed(paths)} differ`, paths);
};

function compare(delta: Parameters<Check>[0], was: Json, now: Json, report: Parameters<Check>[2]): void {
  const name = `container ${shown(now["name"])}`;
  const place = `s[name=${String(now["name"])}]`;
  const paths = (...fields: string[]) =>
    delta.fields
      .map(({ path }) => path)
      .filter((path) => path.includes(place) && fields.some((field) => path.includes(`${place}.${field}`)));
  images(String(was["image"] ?? ""), String(now["image"] ?? ""), (rule, message) =>
    report(rule, `${name}: ${message}`, paths("image")),
  );
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    if (was[probe] !== undefined && now[probe] === undefined)
      report("workload/probe-removed", `${name} has no ${probe} any more`, paths(probe));
  }
  const less = ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"].filter((field) => {
    const [one, other] = [was, now].map((container) => quantity(valueAt(container, "resources", ...field.split("."))));
    return one !== undefined && other !== undefined && other < one;
  });
  if (less.length > 0) report("workload/resources-down", `${name}: ${less.join(", ")} go down`, paths("resources"));
  const started = paths("command", "args", "env", "envFrom", "workingDir");
  if (started.length > 0) report("workload/command", `${name}: ${listed(started)}`, started);
}
