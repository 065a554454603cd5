import { readScopes } from "../../../cli/validate/scopes";
import { withFolder } from "../folder";

test("the imported definitions say which kinds live in namespaces", () => {
  const scopes = readScopes("imports");
  expect(scopes({ apiVersion: "v1", kind: "ConfigMap" })).toBe("Namespaced");
  expect(scopes({ apiVersion: "v1", kind: "Namespace" })).toBe("Cluster");
  expect(scopes({ apiVersion: "karpenter.sh/v1", kind: "NodePool" })).toBe("Cluster");
  expect(scopes({ apiVersion: "v2", kind: "ConfigMap" })).toBeUndefined();
  expect(scopes({ apiVersion: "v1", kind: "configmap" })).toBeUndefined();
  expect(scopes({ apiVersion: "constructor", kind: "prototype" })).toBeUndefined();
});

test.each(["{", "{}", "[]", '{"sources": [{"kinds": [{"kind": "X"}]}]}', "null"])(
  "%s is no list of them",
  async (origins) => {
    await withFolder({ "origins.json": origins }, (folder) => expect(() => readScopes(folder)).toThrow());
  },
);
