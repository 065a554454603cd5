import { object, patched } from "../trees";
import { change, DEPLOYMENT, testRules } from "./cases";

const kept = { annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" } };
const claim = object("v1", "PersistentVolumeClaim", { spec: {} });
const withClaim = change(DEPLOYMENT, {
  spec: { template: { spec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] } } },
})[1];
const storage = object("storage.k8s.io/v1", "StorageClass", { reclaimPolicy: "Retain" }, "it", null);
const set = object("apps/v1", "StatefulSet", {
  spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" } },
});
const push = object("external-secrets.io/v1alpha1", "PushSecret", { spec: { deletionPolicy: "None" } });
const config = object("v1", "ConfigMap", { data: { a: "1", b: "2" } });
const crd = object(
  "apiextensions.k8s.io/v1",
  "CustomResourceDefinition",
  { spec: { versions: [] } },
  "its.example.com",
  null,
);

testRules("Data that is lost", {
  "data/claim-removed": { hit: [[claim, undefined]], miss: [change(claim, { metadata: { labels: { a: "b" } } })] },
  "data/volume-exchanged": {
    hit: [
      [
        withClaim,
        change(withClaim as typeof DEPLOYMENT, {
          spec: { template: { spec: { volumes: [{ name: "data", emptyDir: {} }] } } },
        })[1],
      ],
    ],
    miss: [[DEPLOYMENT, withClaim]],
  },
  "data/reclaim-delete": {
    hit: [
      change(storage, { reclaimPolicy: "Delete" }),
      change(storage, { reclaimPolicy: undefined }),
      change(set, { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } } }),
    ],
    miss: [
      [change(storage, { reclaimPolicy: "Delete" })[1], storage],
      [undefined, storage],
    ],
  },
  "data/namespace-removed": {
    hit: [[object("v1", "Namespace", {}, "team", null), undefined]],
    miss: [[config, undefined]],
  },
  "data/stateful-set-removed": { hit: [[set, undefined]], miss: [[DEPLOYMENT, undefined]] },
  "data/crd-removed": { hit: [[crd, undefined]], miss: [[patched(crd, { metadata: kept }), undefined]] },
  "data/secret-deleted-outside": {
    hit: [change(push, { spec: { deletionPolicy: "Delete" } })],
    miss: [[change(push, { spec: { deletionPolicy: "Delete" } })[1], push]],
  },
  "data/config-key-removed": {
    hit: [change(config, { data: { b: undefined } })],
    miss: [change(config, { data: { c: "3" } })],
  },
  "data/secret-in-git": {
    hit: [
      [undefined, object("v1", "Secret", { stringData: { password: "hunter2" } })],
      change(object("v1", "Secret", { data: { a: "b2s=" } }), { data: { a: "bm8=" } }),
    ],
    miss: [[undefined, object("v1", "Secret", { stringData: { password: "${PASSWORD}" } })]],
  },
});
