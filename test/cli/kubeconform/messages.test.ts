import fc from "fast-check";
import { readingError, violationsIn } from "../../../cli/kubeconform/messages";

const LEAD =
  "problem validating schema. Check JSON formatting: jsonschema validation failed with 'file:///x/core/service_v1.json#' ";

test("every violation is found, at its depth, with its field", () => {
  const message = `${LEAD}- at '/metadata/labels/a': got number, want string - at '/spec': validation failed   - at '/spec/ports/0': validation failed     - at '/spec/ports/0/port': got string, want integer     - at '/spec/ports/0': additional properties 'foo' not allowed   - at '/spec': additional properties 'y', 'x' not allowed`;
  expect(violationsIn(message)).toEqual([
    { path: "metadata.labels.a", message: "got number, want string" },
    { path: "spec.ports[0].port", message: "got string, want integer" },
    { path: "spec.ports[0]", message: 'unknown field "foo"' },
    { path: "spec", message: 'unknown field "x"' },
    { path: "spec", message: 'unknown field "y"' },
  ]);
});

test("what fails inside the alternatives of a choice is left out", () => {
  const message = `${LEAD}- at '/spec': oneOf failed, none matched   - at '/spec': missing property 'a'   - at '/spec': missing property 'b' - at '/kind': value must be 'X'`;
  expect(violationsIn(message)).toEqual([
    { path: "spec", message: "oneOf failed, none matched" },
    { path: "kind", message: "value must be 'X'" },
  ]);
});

test("several missing fields are several violations", () => {
  const message = `${LEAD}- at '': missing properties 'spec', 'metadata'`;
  expect(violationsIn(message)).toEqual([
    { path: "", message: 'missing field "metadata"' },
    { path: "", message: 'missing field "spec"' },
  ]);
});

test("names with quotes, slashes and escapes are read as they were", () => {
  const message = String.raw`${LEAD}- at '/metadata/labels/app.kubernetes.io~1na\'me\n\u00e9\x41': got number, want string`;
  expect(violationsIn(message)[0]?.path).toBe(String.raw`metadata.labels["app.kubernetes.io/na'me\néA"]`);
});

test("a message of another form is kept whole", () => {
  expect(violationsIn("something new")).toEqual([{ path: "", message: "something new" }]);
});

test("any text gives at least one violation, in time that grows with its length only", () => {
  const piece = fc.constantFrom(" ", "- at '", "': ", "\\", "'", "/", "x", "anyOf failed", "   - at '/a': b");
  fc.assert(fc.property(fc.array(piece), (pieces) => expect(violationsIn(pieces.join("")).length).toBeGreaterThan(0)));
  const started = performance.now();
  violationsIn(`${LEAD}${" ".repeat(200_000)}- at '/a': b${" - at '".repeat(20_000)}`);
  expect(performance.now() - started).toBeLessThan(5000);
});

test("why a file cannot be read comes without the layers it went through", () => {
  const message =
    "error unmarshalling resource: error converting YAML to JSON: yaml: line 3: did not find expected key";
  expect(readingError(message)).toBe("yaml: line 3: did not find expected key");
  expect(readingError("error while parsing: missing 'kind' key")).toBe("missing 'kind' key");
});
