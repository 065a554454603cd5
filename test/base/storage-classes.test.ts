import { App } from "cdk8s";
import { RETAIN_CLASS, StorageClasses, ZONE_REDUNDANT_CLASS } from "../../base/storage-classes";
import { objectOf, objectsOf } from "../helpers/render";

/** Source: learn.microsoft.com/azure/aks/concepts-storage. */
const BUILT_IN = /^(default|managed(-premium)?|managed-csi(-premium)?(-v2)?|azurefile.*|azureblob.*)$/;

const component = () => new StorageClasses(new App());

test("declares no class that AKS reconciles", () => {
  for (const object of objectsOf(component())) expect(object.metadata.name).not.toMatch(BUILT_IN);
});

test("leaves the default class to AKS", () => {
  for (const object of objectsOf(component())) expect(object.metadata.annotations ?? {}).toEqual({});
});

test("keeps every disk, grows it, and makes it where its pod runs", () => {
  for (const object of objectsOf(component())) {
    expect(object).toMatchObject({
      provisioner: "disk.csi.azure.com",
      reclaimPolicy: "Retain",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    });
  }
});

test("has a class for one zone and one for all", () => {
  expect(objectOf(component(), "StorageClass", RETAIN_CLASS)["parameters"]).toEqual({ skuName: "StandardSSD_LRS" });
  expect(objectOf(component(), "StorageClass", ZONE_REDUNDANT_CLASS)["parameters"]).toEqual({ skuName: "Premium_ZRS" });
});
