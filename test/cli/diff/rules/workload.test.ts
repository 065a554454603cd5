import { imageOf } from "../../../../cli/diff/rules/images";
import { patched } from "../trees";
import { change, DEPLOYMENT, pod, testRules } from "./cases";

const recreate = patched(DEPLOYMENT, { spec: { strategy: { type: "Recreate" } } });
const image = (text: string) => pod({}, { image: text });
const label = { spec: { template: { metadata: { labels: { more: "1" } } } } };

testRules("What runs, and how many of it", {
  "workload/rolls": {
    hit: [change(DEPLOYMENT, label)],
    miss: [change(DEPLOYMENT, { spec: { replicas: 4 } }), change(recreate, label)],
  },
  "workload/stops": { hit: [change(recreate, label)], miss: [change(recreate, { spec: { replicas: 4 } })] },
  "workload/image": { hit: [image("registry.example.com/it:1.2.4")], miss: [pod({}, { args: ["a"] })] },
  "workload/image-registry": { hit: [image("docker.io/it:1.2.3")], miss: [image("registry.example.com/it:1.2.4")] },
  "workload/image-unpinned": {
    hit: [
      image("registry.example.com/it:latest"),
      image("registry.example.com/it"),
      [pod({}, { image: "registry.example.com/it@sha256:0" })[1], DEPLOYMENT],
    ],
    miss: [image("registry.example.com/it:1.3.0"), image("registry.example.com/it:latest@sha256:0")],
  },
  "workload/image-downgrade": {
    hit: [image("registry.example.com/it:1.2.2")],
    miss: [image("registry.example.com/it:1.10.0"), image("elsewhere.example.com/it:0.1.0")],
  },
  "workload/replicas-down": {
    hit: [change(DEPLOYMENT, { spec: { replicas: 2 } })],
    miss: [change(DEPLOYMENT, { spec: { replicas: 4 } }), change(DEPLOYMENT, { spec: { replicas: 0 } })],
  },
  "workload/replicas-zero": {
    hit: [change(DEPLOYMENT, { spec: { replicas: 0 } })],
    miss: [change(DEPLOYMENT, { spec: { replicas: 1 } })],
  },
  "workload/probe-removed": {
    hit: [pod({}, { readinessProbe: undefined })],
    miss: [pod({}, { livenessProbe: { httpGet: { path: "/", port: 80 } } })],
  },
  "workload/resources-down": {
    hit: [pod({}, { resources: { limits: { memory: "64Mi" } } })],
    miss: [pod({}, { resources: { limits: { memory: "1Gi" }, requests: { cpu: "0.1" } } })],
  },
  "workload/strategy": {
    hit: [change(DEPLOYMENT, { spec: { strategy: { type: "Recreate" } } })],
    miss: [change(DEPLOYMENT, label)],
  },
  "workload/command": {
    hit: [pod({}, { args: ["a"] }), pod({}, { env: [{ name: "A", value: "b" }] })],
    miss: [image("registry.example.com/it:1.2.4")],
  },
  "workload/placement": {
    hit: [pod({ nodeSelector: { a: "b" } }), pod({ tolerations: [{ operator: "Exists" }] })],
    miss: [pod({ terminationGracePeriodSeconds: 5 })],
  },
});

it.each([
  ["nginx", { repository: "nginx" }],
  ["localhost:5000/nginx", { repository: "localhost:5000/nginx" }],
  ["localhost:5000/nginx:1", { repository: "localhost:5000/nginx", tag: "1" }],
  ["a/b:1@sha256:0", { repository: "a/b", tag: "1", digest: "sha256:0" }],
])("takes the image %s apart", (text, parts) => {
  expect(imageOf(text)).toEqual(parts);
});
