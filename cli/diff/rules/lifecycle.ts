import { valueAt } from "../../validate/types";
import { isForced, unapplied } from "../effects";
import { kindOf } from "../entry";
import { exemption, fateOf } from "../fate";
import { immutableFields } from "../immutable";
import type { Check, RuleDocs } from "./rule";
import { isGone, listed } from "./values";

/** What comes, goes and moves. */
export const LIFECYCLE = {
  "object/created": {
    severity: "info",
    title: "An object is created",
    doc: "Nothing of that group, kind, namespace and name was in the cluster's tree.",
  },
  "object/updated": {
    severity: "info",
    title: "An object is updated in place",
    doc: "Flux applies it with server-side apply; nothing is deleted.",
  },
  "object/immutable": {
    severity: "danger",
    title: "A field changes that the API server does not let change",
    doc: "Flux's dry run is refused, and with it every other object of that Kustomization, until somebody deletes the object. Give the new one another name, or plan the deletion and approve it.",
  },
  "object/forced": {
    severity: "danger",
    title: "Flux deletes an object and makes it anew",
    doc: "A field changes that cannot, and `force` is set. Whatever the object held or served is gone in between.",
  },
  "object/not-applied": {
    severity: "warning",
    title: "Flux does not apply an object",
    doc: "Its Kustomization is suspended, or none applies its folder. The change has no effect until that is mended.",
  },
  "prune/object": {
    severity: "notice",
    title: "Flux deletes an object",
    doc: "It left the tree and its Kustomization prunes.",
  },
  "prune/workload": {
    severity: "warning",
    title: "Flux deletes a workload or what leads to it",
    doc: "Its pods stop, or its traffic has nowhere to go. Take traffic away first.",
  },
  "prune/protected-kind": {
    severity: "danger",
    title: "Flux deletes an object that others stand on",
    doc: "What is in or behind it goes with it: nodes of a NodePool, secrets of a store, traffic of a gateway, releases of a Kustomization. Approve it only with a plan for what depends on it.",
  },
  "prune/orphaned": {
    severity: "warning",
    title: "An object leaves the tree and stays in the cluster",
    doc: "Flux is told not to delete it, so it lives on, managed by nobody. Delete it with kubectl when nothing needs it any more.",
  },
  "prune/unprotected": {
    severity: "warning",
    title: "An object loses its protection against pruning",
    doc: "Flux deletes it as soon as it leaves the tree. Kinds that hold data keep `kustomize.toolkit.fluxcd.io/prune: disabled`.",
  },
  "move/recreated": {
    severity: "danger",
    title: "A move between Flux Kustomizations deletes a live object",
    doc: "Kustomizations run on their own: if the old one is first, it deletes the object before the new one makes it anew. Set `kustomize.toolkit.fluxcd.io/prune: disabled` on it in a change of its own, let that be applied, then move it.",
  },
  "move/protected": {
    severity: "notice",
    title: "An object moves between Flux Kustomizations and is kept",
    doc: "The old one may not delete it, the new one takes it over.",
  },
  "rename/object": {
    severity: "warning",
    title: "An object is renamed",
    doc: "Kubernetes has no renaming: the old one is deleted, the new one created. Whatever names the old one by hand must follow.",
  },
} as const satisfies RuleDocs;

const PROTECTED: ReadonlySet<string> = new Set([
  "/Namespace",
  "/PersistentVolume",
  "/PersistentVolumeClaim",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apps/StatefulSet",
  "cert-manager.io/Certificate",
  "cert-manager.io/ClusterIssuer",
  "cert-manager.io/Issuer",
  "external-secrets.io/ClusterSecretStore",
  "external-secrets.io/SecretStore",
  "gateway.networking.k8s.io/Gateway",
  "helm.toolkit.fluxcd.io/HelmRelease",
  "karpenter.azure.com/AKSNodeClass",
  "karpenter.sh/NodePool",
  "kustomize.toolkit.fluxcd.io/Kustomization",
  "networking.istio.io/Gateway",
  "secrets-store.csi.x-k8s.io/SecretProviderClass",
  "storage.k8s.io/StorageClass",
]);

const WORKLOADS: ReadonlySet<string> = new Set([
  "/Pod",
  "/Service",
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/ReplicaSet",
  "batch/CronJob",
  "batch/Job",
  "gateway.networking.k8s.io/HTTPRoute",
  "keda.sh/ScaledJob",
  "networking.istio.io/DestinationRule",
  "networking.istio.io/VirtualService",
  "networking.k8s.io/Ingress",
]);

/** Says what becomes of every object that comes, goes, moves or is refused. */
export const lifecycle: Check = (delta, world, report) => {
  const why = unapplied(delta, world);
  if (why !== undefined) report("object/not-applied", why);
  if (delta.status === "added") report("object/created", `new in ${delta.component}`);
  if (delta.status === "renamed") {
    report(
      "rename/object",
      `was ${delta.before?.ref.namespace === delta.ref.namespace ? "" : `${delta.before?.ref.namespace ?? ""}/`}${delta.before?.ref.name} with the same content: that one goes, this one comes`,
      ["metadata.name"],
    );
  }
  if (isGone(delta)) removed(delta, world, report);
  if (delta.status === "moved") movedAway(delta, world, report);
  refused(delta, world, report);
  unprotected(delta, world, report);
};

const removed: Check = ({ before }, world, report) => {
  if (!before) return;
  const { kind, why } = fateOf(before, world);
  const name = before.ref.name;
  if (kind === "orphaned") report("prune/orphaned", `${name} stays in the cluster, managed by nobody: ${why}`);
  else if (PROTECTED.has(kindOf(before.ref)))
    report("prune/protected-kind", `${name} is deleted by ${why}; ${losses(before.ref.kind)}`);
  else if (WORKLOADS.has(kindOf(before.ref))) report("prune/workload", `${name} is deleted by ${why}`);
  else report("prune/object", `${name} is deleted by ${why}`);
};

const LOSSES: Readonly<Record<string, string>> = {
  AKSNodeClass: "NodePools that name it make no more nodes",
  Certificate: "its certificate is not renewed any more",
  ClusterIssuer: "certificates that name it are not renewed any more",
  CustomResourceDefinition: "every object of its kind is deleted with it",
  Gateway: "its hosts answer no more",
  HelmRelease: "its chart is uninstalled",
  Kustomization: "its finalizer deletes what it applied",
  Namespace: "everything in it is deleted with it",
  NodePool: "all its nodes are drained and deleted",
  PersistentVolumeClaim: "its data goes as its class says",
  SecretProviderClass: "pods that mount it do not start any more",
  StatefulSet: "its pods stop; its claims stay",
};

function losses(kind: string): string {
  return LOSSES[kind] ?? "what stands on it fails";
}

const movedAway: Check = ({ before, after, component }, world, report) => {
  if (!before || !after) return;
  const { kind, why } = fateOf(before, world);
  const way = `from ${before.component} to ${component}`;
  if (kind === "orphaned") report("move/protected", `moves ${way} and is kept: ${why}`);
  else if (exemption(after) !== undefined) {
    report(
      "move/recreated",
      `moves ${way}; its protection comes with the move, and the live object lacks it until then`,
    );
  } else
    report("move/recreated", `moves ${way}: ${before.component} deletes it unless ${component} takes it over first`);
};

const refused: Check = (delta, world, report) => {
  const fields = immutableFields(delta).map(({ path }) => path);
  if (fields.length === 0) return;
  const what = `${listed(fields)} of a ${delta.ref.kind} cannot change`;
  if (isForced(delta, world)) report("object/forced", `${what}, so that Flux deletes it and makes it anew`, fields);
  else report("object/immutable", `${what}: the API server refuses it until it is deleted`, fields);
};

const unprotected: Check = ({ before, after, ref }, _world, report) => {
  if (!before || !after || before.ref.name !== ref.name) return;
  if (exemption(before) === undefined || exemption(after) !== undefined) return;
  const path = 'metadata.annotations["kustomize.toolkit.fluxcd.io/prune"]';
  const value = valueAt(after.content, "metadata", "annotations", "kustomize.toolkit.fluxcd.io/prune");
  report(
    "prune/unprotected",
    `its annotation against pruning becomes ${value === undefined ? "nothing" : String(value)}`,
    [path],
  );
};
