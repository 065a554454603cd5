import Ajv from "ajv";
import { wantedKinds } from "../../../cli/import/crd";
import { convertOpenApi, metadataSchema } from "../../../cli/import/openapi";
import { OPEN_API } from "./sample";

const { kinds, problems } = convertOpenApi("swagger.json", OPEN_API, wantedKinds({ v1: ["Namespace", "Pod"] }));
const pod = (spec: unknown) => ({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec });

function accepts(kind: string, value: unknown): boolean {
  const schema = kinds.find((candidate) => candidate.kind === kind)?.schema;
  return new Ajv({ strict: false }).validate(schema ?? false, value);
}

test("built-in kinds are strict at every depth", () => {
  expect(problems).toEqual([]);
  expect(accepts("Pod", pod({ containers: [{ name: "a" }] }))).toBe(true);
  expect(accepts("Pod", pod({ containers: [{ name: "a", image: 1 }] }))).toBe(false);
  expect(accepts("Pod", pod({ containers: [{}] }))).toBe(false);
  expect(accepts("Pod", pod({ containers: [], extra: 1 }))).toBe(false);
  expect(accepts("Pod", { ...pod({ containers: [] }), status: {} })).toBe(false);
});

test("spec is required where it has required fields", () => {
  expect(kinds.find((kind) => kind.kind === "Pod")?.schema.required).toContain("spec");
});

test("int-or-string, quantities and bytes take what the API server takes", () => {
  const container = (field: object) => pod({ containers: [{ name: "a", ...field }] });
  expect([80, "http"].map((port) => accepts("Pod", container({ port })))).toEqual([true, true]);
  expect(accepts("Pod", container({ port: true }))).toBe(false);
  const quantities = ["1Gi", "500m", "1.5", "2e3", 1, 0.5];
  expect(quantities.filter((memory) => !accepts("Pod", container({ memory })))).toEqual([]);
  expect(["1GB", "lots", "", true].filter((memory) => accepts("Pod", container({ memory })))).toEqual([]);
  expect(accepts("Pod", container({ secret: "aGVsbG8=" }))).toBe(true);
  expect(accepts("Pod", container({ secret: "aGVs\nbG8=\n" }))).toBe(true);
  expect(["not base64!", "zz", "="].filter((secret) => accepts("Pod", container({ secret })))).toEqual([]);
});

test("scope follows from the paths", () => {
  expect(kinds.map(({ kind, scope }) => [kind, scope])).toEqual([
    ["Namespace", "Cluster"],
    ["Pod", "Namespaced"],
  ]);
});

test("only the definitions a kind needs come with it, under short names that do not clash", () => {
  expect(kinds[0]?.schema.definitions).toBeUndefined();
  expect(Object.keys(kinds[1]?.schema.definitions ?? {})).toEqual([
    "Container",
    "EmbeddedPod",
    "FlowSubject",
    "IntOrString",
    "PodSpec",
    "Quantity",
    "RbacSubject",
    "TemplateMeta",
  ]);
});

test("metadata has what belongs in a manifest, without references", () => {
  expect(Object.keys(metadataSchema(OPEN_API).properties ?? {})).toEqual([
    "name",
    "namespace",
    "labels",
    "annotations",
  ]);
  expect(JSON.stringify(metadataSchema(OPEN_API))).not.toContain("$ref");
});

test("a kind that is not there is a problem that names what is near", () => {
  const wanted = wantedKinds({ v2: ["Pod"], v1: ["Gadget"] });
  expect(convertOpenApi("swagger.json", OPEN_API, wanted).problems).toEqual([
    "swagger.json: no v2 Pod there; the document has v1 Pod",
    "swagger.json: no v1 Gadget there; the document has v1 Namespace, v1 Pod",
  ]);
});

test.each([undefined, null, 1, "text", [], {}, { definitions: 1 }])(
  "the document %p yields a problem, no exception",
  (document) => {
    expect(convertOpenApi("swagger.json", document, wantedKinds({ v1: ["Pod"] })).problems).toEqual([
      "swagger.json: no v1 Pod there",
    ]);
  },
);
