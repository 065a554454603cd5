import type { Fetched } from "../../../cli/import/fetch";
import type { Json } from "../../../cli/import/schema";

/** A CustomResourceDefinition file with one kind in two versions. */
export const WIDGET_CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          description: A Widget turns. It does nothing else.
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            spec:
              type: object
              required: [size]
              properties:
                size: { type: string, enum: [small, large], description: How large it is. }
                port: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }
                values: { x-kubernetes-preserve-unknown-fields: true }
                tags: { type: array, items: { type: string } }
            status: { type: object, x-kubernetes-preserve-unknown-fields: true }
    - name: v1alpha1
      served: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } }
    - name: v0
      served: false
      schema: { openAPIV3Schema: { type: object } }
---
# Nothing else
`;

const META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
const gvk = (group: string, version: string, kind: string) => [{ group, version, kind }];
const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
const text = { type: "string" };

/** A small OpenAPI document in the shape of Kubernetes'. */
export const OPEN_API: Json = {
  paths: {
    "/api/v1/namespaces/{namespace}/pods": { post: { "x-kubernetes-group-version-kind": gvk("", "v1", "Pod")[0] } },
    "/api/v1/namespaces": { post: { "x-kubernetes-group-version-kind": gvk("", "v1", "Namespace")[0] } },
  },
  definitions: {
    [META]: {
      type: "object",
      properties: {
        name: text,
        namespace: text,
        labels: { type: "object", additionalProperties: text },
        annotations: { type: "object", additionalProperties: text },
        uid: text,
        generateName: text,
      },
    },
    "io.k8s.api.core.v1.Namespace": {
      type: "object",
      properties: { apiVersion: text, kind: text, metadata: ref(META), status: { type: "object" } },
      "x-kubernetes-group-version-kind": gvk("", "v1", "Namespace"),
    },
    "io.k8s.api.core.v1.Pod": {
      type: "object",
      properties: { apiVersion: text, kind: text, metadata: ref(META), spec: ref("io.k8s.api.core.v1.PodSpec") },
      "x-kubernetes-group-version-kind": gvk("", "v1", "Pod"),
    },
    "io.k8s.api.core.v1.PodSpec": {
      type: "object",
      description: "PodSpec is a description of a pod. It has containers.",
      required: ["containers"],
      properties: {
        containers: { type: "array", items: ref("io.k8s.api.core.v1.Container") },
        claims: { type: "array", items: ref("io.k8s.api.core.v1.Pod") },
        subjects: { type: "array", items: ref("io.k8s.api.rbac.v1.Subject") },
        owners: { type: "array", items: ref("io.k8s.api.flow.v1.Subject") },
      },
    },
    "io.k8s.api.core.v1.Container": {
      type: "object",
      required: ["name"],
      properties: {
        name: text,
        port: ref("io.k8s.apimachinery.pkg.util.intstr.IntOrString"),
        memory: ref("io.k8s.apimachinery.pkg.api.resource.Quantity"),
        secret: { type: "string", format: "byte" },
      },
    },
    "io.k8s.api.rbac.v1.Subject": { type: "object", properties: { name: text } },
    "io.k8s.api.flow.v1.Subject": { type: "object", properties: { kind: text } },
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: "string", format: "int-or-string" },
    "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: "string" },
  },
};

/** The two sources above, as if they had been fetched. */
export const FETCHED: readonly Fetched[] = [
  {
    source: {
      from: "openapi",
      title: "Kubernetes",
      module: "k8s.io/kubernetes",
      version: "v1.0.0",
      path: "swagger.json",
      licence: "Apache-2.0",
      kinds: { v1: ["Namespace", "Pod"] },
    },
    checksum: "h1:kubernetes",
    files: [{ path: "swagger.json", text: JSON.stringify(OPEN_API), sha256: "aa" }],
  },
  {
    source: {
      from: "go-module",
      title: "Widgets",
      module: "example.com/widgets",
      version: "v2.0.0",
      licence: "MIT",
      note: "Turns.",
      files: [{ path: "crds.yaml", kinds: { "example.com/v1": ["Widget"] } }],
    },
    checksum: "h1:widgets",
    files: [{ path: "crds.yaml", text: WIDGET_CRD, sha256: "bb" }],
  },
];
