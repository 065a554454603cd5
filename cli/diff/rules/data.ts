import { valueAt } from "../../validate/types";
import { kindOf, pairAt } from "../entry";
import { fateOf } from "../fate";
import { isUnder } from "../values";
import type { Check, RuleDocs } from "./rule";
import { isGone, objectsAt, pathsUnder, shown } from "./values";

/** Where data is lost. */
export const DATA = {
  "data/claim-removed": {
    severity: "danger",
    title: "A volume claim is deleted",
    doc: "Its volume follows the reclaim policy of its class. Keep the claim, or back it up first.",
  },
  "data/volume-exchanged": {
    severity: "danger",
    title: "A workload stops using the volume that holds its data",
    doc: "The data stays where it is, and the workload starts without it.",
  },
  "data/reclaim-delete": {
    severity: "danger",
    title: "Volumes are deleted with their claims",
    doc: "A reclaim policy goes from Retain to Delete, or a StatefulSet deletes its claims. Keep Retain for anything that cannot be made anew.",
  },
  "data/namespace-removed": {
    severity: "danger",
    title: "A namespace is deleted",
    doc: "Everything in it goes too, volume claims and secrets included. Namespaces are protected here, so its protection was taken away first.",
  },
  "data/stateful-set-removed": {
    severity: "danger",
    title: "A StatefulSet is deleted",
    doc: "Its pods stop. Its claims stay unless its retention policy says Delete; a new one under another name does not find them.",
  },
  "data/crd-removed": {
    severity: "danger",
    title: "A CRD is deleted",
    doc: "The API server deletes every object of its kind on the cluster, whoever made it.",
  },
  "data/secret-deleted-outside": {
    severity: "danger",
    title: "Secrets outside the cluster are deleted with an object",
    doc: "A `deletionPolicy` becomes Delete: removing the PushSecret removes what it pushed to the vault, removing the ExternalSecret its Secret.",
  },
  "data/config-key-removed": {
    severity: "warning",
    title: "A key of a ConfigMap or Secret disappears",
    doc: "Pods that name the key do not start, unless it is optional there. Look for what names it.",
  },
  "data/secret-in-git": {
    severity: "danger",
    title: "A Secret with values is in Git",
    doc: "Whoever reads the repository has it, in its history for ever. Take it from the vault through a SecretProviderClass or an ExternalSecret, and rotate it.",
  },
} as const satisfies RuleDocs;

/** Looks for data that is lost or exposed. */
export const data: Check = (delta, world, report) => {
  const kind = kindOf(delta.ref);
  if (isGone(delta) && delta.before) {
    const { kind: fate, why } = fateOf(delta.before, world);
    const rule = (
      {
        "/PersistentVolumeClaim": "data/claim-removed",
        "apps/StatefulSet": "data/stateful-set-removed",
        "/Namespace": "data/namespace-removed",
        "apiextensions.k8s.io/CustomResourceDefinition": "data/crd-removed",
      } as const
    )[kind];
    // What is protected stays, and prune/orphaned says so.
    if (rule && fate === "pruned") report(rule, `${delta.before.ref.name} is deleted by ${why}`);
  }
  volumes(delta, world, report);
  reclaim(delta, world, report);
  outside(delta, world, report);
  keys(delta, world, report);
};

const volumes: Check = (delta, _world, report) => {
  if (!delta.before || !delta.after) return;
  const old = claims(delta.before.content);
  const now = new Set(claims(delta.after.content));
  for (const claim of old.filter((name) => !now.has(name))) {
    report(
      "data/volume-exchanged",
      `no longer mounts ${claim}`,
      pathsUnder(delta, "spec.template.spec.volumes", "spec.volumeClaimTemplates"),
    );
  }
};

function claims(content: unknown): readonly string[] {
  return [
    ...objectsAt(content, "spec", "template", "spec", "volumes").flatMap((volume) => {
      const claim = valueAt(volume, "persistentVolumeClaim", "claimName");
      return typeof claim === "string" ? [`claim ${claim}`] : [];
    }),
    ...objectsAt(content, "spec", "volumeClaimTemplates").map(
      (claim) => `claim template ${shown(valueAt(claim, "metadata", "name"))}`,
    ),
  ];
}

const reclaim: Check = (delta, _world, report) => {
  for (const path of [
    ["reclaimPolicy"],
    ["spec", "persistentVolumeReclaimPolicy"],
    ["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"],
    ["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"],
  ]) {
    const [before, after] = pairAt(delta, ...path);
    // A class that is new deletes nothing yet, but it is where the loss begins.
    const isClass = delta.ref.kind === "StorageClass";
    const was = before ?? (isClass && delta.before ? "Delete" : undefined);
    if (delta.after && delta.before && after === "Delete" && was !== "Delete") {
      report("data/reclaim-delete", `${path.join(".")} goes from ${shown(before)} to Delete`, [path.join(".")]);
    }
    if (isClass && path[0] === "reclaimPolicy" && before === "Retain" && delta.after && after === undefined) {
      report("data/reclaim-delete", "reclaimPolicy goes from Retain to its default, Delete", ["reclaimPolicy"]);
    }
  }
};

const outside: Check = (delta, _world, report) => {
  const [before, after] = pairAt(delta, "spec", "deletionPolicy");
  if (!/^external-secrets\.io\/|\/ExternalSecret$/.test(kindOf(delta.ref)) || after !== "Delete" || before === "Delete")
    return;
  report("data/secret-deleted-outside", `deletionPolicy goes from ${shown(before)} to Delete`, ["spec.deletionPolicy"]);
};

const keys: Check = (delta, _world, report) => {
  if (!["/ConfigMap", "/Secret"].includes(kindOf(delta.ref))) return;
  const lost = delta.fields.filter(
    ({ path, after }) =>
      after === undefined && ["data", "binaryData", "stringData"].some((field) => isUnder(path, field)),
  );
  if (delta.before && delta.after && lost.length > 0) {
    report(
      "data/config-key-removed",
      `loses ${lost.map(({ path }) => path).join(", ")}`,
      lost.map(({ path }) => path),
    );
  }
  if (delta.ref.kind !== "Secret" || !delta.after) return;
  const [old, now] = [secrets(delta.before?.content), secrets(delta.after.content)];
  const fresh = [...now].filter(([key, value]) => old.get(key) !== value).map(([key]) => key);
  if (fresh.length > 0)
    report("data/secret-in-git", `holds values of ${fresh.join(", ")}`, pathsUnder(delta, "data", "stringData"));
};

/** Values of a Secret that are no variables. */
function secrets(content: unknown): ReadonlyMap<string, string> {
  return new Map(
    ["data", "stringData"].flatMap((field) =>
      Object.entries(valueAt(content, field) ?? {}).flatMap(([key, value]) =>
        typeof value === "string" && value !== "" && !/^\$\{\w+\}$/.test(value) ? [[key, value] as const] : [],
      ),
    ),
  );
}
