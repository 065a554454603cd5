import { fieldOfPointer, fieldPath } from "../../../cli/kubeconform/types";

test.each<[readonly (string | number)[], string]>([
  [[], ""],
  [["spec", "ports", 0, "port"], "spec.ports[0].port"],
  [["metadata", "labels", "app.kubernetes.io/name"], 'metadata.labels["app.kubernetes.io/name"]'],
  [["data", "tls.crt"], 'data["tls.crt"]'],
  [["data", ""], 'data[""]'],
  [["a/b"], '["a/b"]'],
])("%j is %s", (segments, expected) => {
  expect(fieldPath(segments)).toBe(expected);
});

test("a JSON pointer's escapes are undone", () => {
  expect(fieldOfPointer("")).toBe("");
  expect(fieldOfPointer("/metadata/annotations/a~1b~0c/0")).toBe('metadata.annotations["a/b~c"][0]');
});
