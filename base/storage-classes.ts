import type { StorageClass } from "../imports/k8s";
import { Component, type Scope } from "./component";
import { add } from "./object";

/** Class for volumes that outlive their claim, bound to one zone. */
export const RETAIN_CLASS = "managed-csi-retain";

/** Class for volumes that outlive their claim and follow their pod to another zone, as a Spot eviction may ask. */
export const ZONE_REDUNDANT_CLASS = "managed-csi-zrs-retain";

/**
 * The classes that AKS does not have: those that keep the disk when its claim is deleted. The built-in ones (`default`,
 * `managed-csi`, …) are AKS's, which undoes any change to them, and one of them already is the default.
 * Source: learn.microsoft.com/azure/aks/concepts-storage, storage classes.
 */
export class StorageClasses extends Component {
  constructor(scope: Scope) {
    super(scope, "storage-classes");
    addClass(this, RETAIN_CLASS, "StandardSSD_LRS");
    addClass(this, ZONE_REDUNDANT_CLASS, "Premium_ZRS");
  }
}

/** Binding waits for a pod, since a zonal disk must be made in the zone its pod is scheduled to. */
function addClass(scope: Scope, name: string, skuName: string): void {
  add<StorageClass>(scope, {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name },
    provisioner: "disk.csi.azure.com",
    parameters: { skuName },
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
}
