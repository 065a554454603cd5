import { object } from "../trees";
import { change, testRules } from "./cases";

const ks = object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {
  spec: {
    path: "./a",
    prune: true,
    interval: "10m",
    timeout: "5m",
    dependsOn: [{ name: "a" }],
    sourceRef: { kind: "GitRepository", name: "a" },
  },
});
const spec = (patch: object) => change(ks, { spec: patch });
const hr = object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {
  spec: {
    interval: "30m",
    chartRef: { kind: "OCIRepository", name: "a" },
    targetNamespace: "a",
    install: { crds: "CreateReplace" },
    values: { a: 1 },
    upgrade: { remediation: { retries: 3 } },
  },
});
const release = (patch: object) => change(hr, { spec: patch });
const git = object("source.toolkit.fluxcd.io/v1", "GitRepository", {
  spec: { interval: "1m", url: "https://a", ref: { branch: "main" } },
});

testRules("How Flux delivers", {
  "flux/suspended": { hit: [spec({ suspend: true }), release({ suspend: true })], miss: [spec({ suspend: false })] },
  "flux/resumed": { hit: [[spec({ suspend: true })[1], ks]], miss: [spec({ suspend: true })] },
  "flux/dependency-removed": {
    hit: [spec({ dependsOn: undefined })],
    miss: [spec({ dependsOn: [{ name: "a" }, { name: "b" }] })],
  },
  "flux/dependency-added": {
    hit: [spec({ dependsOn: [{ name: "a" }, { name: "b" }] })],
    miss: [spec({ dependsOn: undefined })],
  },
  "flux/prune-off": {
    hit: [spec({ prune: false }), spec({ deletionPolicy: "Orphan" })],
    miss: [[spec({ prune: false })[1], ks]],
  },
  "flux/prune-on": { hit: [[spec({ prune: false })[1], ks]], miss: [spec({ prune: false })] },
  "flux/force": { hit: [spec({ force: true })], miss: [spec({ force: false })] },
  "flux/source": {
    hit: [
      spec({ path: "./b" }),
      spec({ sourceRef: { name: "b" } }),
      change(git, { spec: { url: "https://b" } }),
      release({ chartRef: { name: "b" } }),
    ],
    miss: [change(git, { spec: { interval: "2m" } })],
  },
  "flux/substitution": { hit: [spec({ postBuild: { substitute: { A: "b" } } })], miss: [spec({ wait: true })] },
  "flux/health": { hit: [spec({ wait: true }), spec({ timeout: "1m" })], miss: [spec({ interval: "1m" })] },
  "flux/interval": { hit: [spec({ interval: "1m" })], miss: [spec({ timeout: "1m" })] },
  "flux/identity": {
    hit: [spec({ serviceAccountName: "a" }), spec({ targetNamespace: "a" })],
    miss: [spec({ wait: true })],
  },
  "helm/release-moved": {
    hit: [release({ targetNamespace: "b" }), release({ releaseName: "b" }), release({ storageNamespace: "b" })],
    miss: [release({ values: { a: 2 } })],
  },
  "helm/uninstalled": {
    hit: [[hr, undefined]],
    miss: [
      change(hr, { metadata: { annotations: { a: "b" } } }),
      [change(hr, { metadata: { annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" } } })[1], undefined],
    ],
  },
  "helm/values": { hit: [release({ values: { a: 2 } })], miss: [release({ interval: "1m" })] },
  "helm/crds": { hit: [release({ install: { crds: "Skip" } })], miss: [release({ install: { timeout: "1m" } })] },
  "helm/safety": {
    hit: [release({ upgrade: { remediation: { retries: 0 } } })],
    miss: [release({ values: { a: 2 } })],
  },
});
