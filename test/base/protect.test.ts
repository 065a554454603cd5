import { PROTECTED_KINDS, protectFromPruning } from "../../base/protect";

const object = (kind: string) => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "a", annotations: { z: "1" } },
  spec: { x: 1 },
});

describe("protectFromPruning", () => {
  it.each([...PROTECTED_KINDS])("keeps a %s from being pruned, and all else of it", (kind) => {
    const protectedObject = protectFromPruning(object(kind));
    expect(protectedObject).toEqual({
      ...object(kind),
      metadata: { name: "a", annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled", z: "1" } },
    });
  });

  it("lets Flux prune other kinds", () => {
    const deployment = object("Deployment");
    expect(protectFromPruning(deployment)).toBe(deployment);
  });

  it("protects what holds other things, and no more", () => {
    expect([...PROTECTED_KINDS].sort()).toEqual([
      "CustomResourceDefinition",
      "Gateway",
      "Namespace",
      "PersistentVolumeClaim",
      "StorageClass",
    ]);
  });
});
