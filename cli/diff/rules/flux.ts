import { valueAt } from "../../validate/types";
import { targetChanged } from "../charts";
import { type Delta, kindOf, pairAt } from "../entry";
import { fateOf } from "../fate";
import type { Check, RuleDocs } from "./rule";
import { isGone, listed, newIn, objectsAt, pathsUnder, shown } from "./values";

/** How Flux delivers. */
export const FLUX = {
  "flux/suspended": {
    severity: "warning",
    title: "Flux stops looking after something",
    doc: "While it is suspended, no later change reaches the cluster, and drift stays. Say who resumes it.",
  },
  "flux/resumed": {
    severity: "notice",
    title: "Flux looks after something again",
    doc: "Everything that changed while it was suspended is applied at once.",
  },
  "flux/dependency-removed": {
    severity: "warning",
    title: "A Flux Kustomization no longer waits for another",
    doc: "On a new cluster it may be applied before what it needs, and fail until that is there.",
  },
  "flux/dependency-added": {
    severity: "notice",
    title: "A Flux Kustomization waits for another",
    doc: "It is not applied while that one fails.",
  },
  "flux/prune-off": {
    severity: "warning",
    title: "Flux no longer deletes what leaves the tree",
    doc: "Objects that are removed from the tree live on in the cluster, managed by nobody.",
  },
  "flux/prune-on": {
    severity: "danger",
    title: "Flux begins to delete what leaves the tree",
    doc: "Whatever was orphaned since stays so, but every removal from now on is a deletion. Check what the Kustomization owns: `flux tree kustomization`.",
  },
  "flux/force": {
    severity: "danger",
    title: "Flux may delete objects to change them",
    doc: "With `force` an object whose change is refused is deleted and made anew. Set it on the one object (annotation), and take it away again.",
  },
  "flux/source": {
    severity: "danger",
    title: "Flux applies something else",
    doc: "A Kustomization's path or source, or the address of a source, differs: everything that the old one held and the new one lacks is deleted.",
  },
  "flux/substitution": {
    severity: "warning",
    title: "Flux substitutes variables otherwise",
    doc: "Without its source a variable becomes empty (strict mode: the Kustomization fails).",
  },
  "flux/health": {
    severity: "notice",
    title: "Flux waits otherwise",
    doc: "wait, health checks or timeouts differ: what depends on it may start before it works.",
  },
  "flux/interval": {
    severity: "info",
    title: "Flux looks more or less often",
    doc: "An interval differs.",
  },
  "flux/identity": {
    severity: "danger",
    title: "Flux applies with other rights or in another namespace",
    doc: "serviceAccountName, kubeConfig or targetNamespace differ; with another namespace every object is made there and deleted here.",
  },
  "helm/release-moved": {
    severity: "danger",
    title: "A release is uninstalled and installed anew",
    doc: "Its name, chart, target or storage namespace differs; helm-controller uninstalls the old release first (ReleaseTargetChanged). CRDs of the chart may go with it.",
  },
  "helm/uninstalled": {
    severity: "danger",
    title: "A chart is uninstalled",
    doc: "Its HelmRelease leaves the tree. Everything in the release goes, CRDs in templates included, unless they carry `helm.sh/resource-policy: keep`.",
  },
  "helm/values": {
    severity: "notice",
    title: "A chart gets other values",
    doc: "What it renders from them is not in the tree: compare with `helm template`, or read the chart.",
  },
  "helm/crds": {
    severity: "warning",
    title: "A chart's CRDs are handled otherwise",
    doc: "Skip leaves old CRDs, Create never updates them, CreateReplace overwrites them.",
  },
  "helm/safety": {
    severity: "notice",
    title: "A failed release is handled otherwise",
    doc: "Remediation, rollback, tests or drift detection differ.",
  },
} as const satisfies RuleDocs;

/** Looks at Flux's own objects. */
export const flux: Check = (delta, world, report) => {
  const kind = kindOf(delta.ref);
  if (
    kind === "helm.toolkit.fluxcd.io/HelmRelease" &&
    isGone(delta) &&
    delta.before &&
    fateOf(delta.before, world).kind === "pruned"
  ) {
    report("helm/uninstalled", `${delta.before.ref.name} is uninstalled`);
  }
  // One that is renamed is a new one for Flux.
  if (!delta.before || !delta.after || delta.status === "renamed") return;
  const [suspended, suspends] = pairAt(delta, "spec", "suspend");
  if (suspends === true && suspended !== true)
    report("flux/suspended", `${delta.ref.kind} is suspended`, ["spec.suspend"]);
  if (suspended === true && suspends !== true) report("flux/resumed", `${delta.ref.kind} is resumed`, ["spec.suspend"]);
  dependencies(delta, world, report);
  const interval = pathsUnder(delta, "spec.interval", "spec.retryInterval");
  if (interval.length > 0) report("flux/interval", `${listed(interval)} differ`, interval);
  if (kind === "kustomize.toolkit.fluxcd.io/Kustomization") kustomization(delta, world, report);
  if (kind === "helm.toolkit.fluxcd.io/HelmRelease") release(delta, world, report);
  if (kind.startsWith("source.toolkit.fluxcd.io/")) {
    const paths = pathsUnder(
      delta,
      "spec.url",
      "spec.ref.branch",
      "spec.ref.commit",
      "spec.ref.name",
      "spec.endpoint",
      "spec.bucketName",
      "spec.verify",
      "spec.secretRef",
      "spec.insecure",
      "spec.layerSelector",
      "spec.include",
      "spec.ignore",
    );
    if (paths.length > 0) report("flux/source", `${listed(paths)} differ`, paths);
  }
};

const dependencies: Check = (delta, _world, report) => {
  const names = (entry: Delta["before"]) =>
    objectsAt(entry?.content, "spec", "dependsOn").map(
      ({ namespace, name }) => `${namespace === undefined ? "" : `${shown(namespace)}/`}${shown(name)}`,
    );
  const [before, after] = [names(delta.before), names(delta.after)];
  const paths = pathsUnder(delta, "spec.dependsOn");
  const fewer = newIn(after, before);
  const more = newIn(before, after);
  if (fewer.length > 0) report("flux/dependency-removed", `no longer waits for ${listed(fewer)}`, paths);
  if (more.length > 0) report("flux/dependency-added", `waits for ${listed(more)}`, paths);
};

const kustomization: Check = (delta, _world, report) => {
  const on = (field: string) => pairAt(delta, "spec", field).map((value) => value === true);
  const [pruned, prunes] = on("prune");
  if (pruned && !prunes) report("flux/prune-off", "prune is no longer true", ["spec.prune"]);
  if (!pruned && prunes) report("flux/prune-on", "prune becomes true", ["spec.prune"]);
  const [forced, forces] = on("force");
  if (!forced && forces) report("flux/force", "force becomes true", ["spec.force"]);
  for (const [rule, fields] of [
    ["flux/source", ["path", "sourceRef", "components", "patches", "images", "namePrefix", "nameSuffix"]],
    ["flux/substitution", ["postBuild"]],
    ["flux/health", ["wait", "timeout", "healthChecks", "healthCheckExprs"]],
    ["flux/identity", ["serviceAccountName", "kubeConfig", "targetNamespace", "decryption"]],
    ["flux/prune-off", ["deletionPolicy"]],
  ] as const) {
    const paths = pathsUnder(delta, ...fields.map((field) => `spec.${field}`));
    if (paths.length > 0) report(rule, `${listed(paths)} differ`, paths);
  }
};

const release: Check = (delta, _world, report) => {
  const moved = targetChanged(delta).map(({ path }) => path);
  if (moved.length > 0)
    report(
      "helm/release-moved",
      `${moved.map((path) => `${path} becomes ${shown(valueAt(delta.after?.content, ...path.split(".")))}`).join(", ")}`,
      moved,
    );
  for (const [rule, fields] of [
    ["helm/values", ["values", "valuesFrom", "postRenderers"]],
    ["flux/source", ["chartRef", "chart.spec.sourceRef"]],
    ["helm/crds", ["install.crds", "upgrade.crds"]],
    ["helm/safety", ["install.remediation", "upgrade.remediation", "rollback", "test", "driftDetection", "uninstall"]],
    ["flux/identity", ["serviceAccountName", "kubeConfig"]],
  ] as const) {
    const paths = pathsUnder(delta, ...fields.map((field) => `spec.${field}`));
    if (paths.length > 0) report(rule, `${listed(paths)} differ`, paths);
  }
};
