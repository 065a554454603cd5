import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RECIPES } from "../../../cli/live/chart-recipes";
import { MODULES } from "../../../cli/live/modules";
import { HELM_CONTROLLER, KUSTOMIZE_CONTROLLER } from "../../../cli/tools/flux";
import { KARPENTER_KWOK } from "../../../cli/tools/karpenter";
import { KUBE_APISERVER } from "../../../cli/tools/kubernetes";
import { KWOK } from "../../../cli/tools/kwok";
import { KYVERNO_ADMISSION_CONTROLLER } from "../../../cli/tools/kyverno";
import { CHARTS, CRD_MODULES, EXTERNAL_SECRETS_CRDS, KUBERNETES_VERSIONS } from "../../../clusters/versions";
import { loadPreset } from "../../../main";
import { ROOT } from "../synth/repository";

describe("versions", () => {
  it.each([
    ["sigs.k8s.io/kwok", KWOK],
    ["sigs.k8s.io/karpenter", KARPENTER_KWOK],
    ["github.com/kyverno/kyverno", KYVERNO_ADMISSION_CONTROLLER],
    ["github.com/fluxcd/kustomize-controller", KUSTOMIZE_CONTROLLER],
    ["github.com/fluxcd/helm-controller", HELM_CONTROLLER],
  ] as const)("the files of %s are of the program that runs", (module, { version, go }) => {
    expect(MODULES[module]).toBe(version);
    const required = readFileSync(join(ROOT, go.module, "go.mod"), "utf8");
    expect(required).toMatch(new RegExp(`${module}\\S* ${version.replaceAll(".", "\\.")}\\b`));
  });

  it("the API servers are of the minor that the fleet runs", () => {
    const { kubernetes } = loadPreset("default");
    const { patch } = KUBERNETES_VERSIONS[kubernetes as keyof typeof KUBERNETES_VERSIONS];
    expect(KUBE_APISERVER.version).toBe(`v${patch}`);
  });

  it("modules of the clusters' CRDs are at the clusters' versions", () => {
    expect(MODULES).toMatchObject(CRD_MODULES);
  });
});

describe("charts", () => {
  it("have a recipe each, and no other has", () => {
    expect(Object.keys(RECIPES).sort()).toEqual(Object.keys(CHARTS).sort());
  });

  it("are told of where they are not the project's own, at the version that is used", () => {
    for (const [key, { from, without = [], standIn }] of Object.entries(RECIPES)) {
      if (!from || without.some((path) => path.startsWith("templates")))
        expect(standIn).toMatch(new RegExp(`^${key}: `));
      if (from && key !== "external-secrets") expect(standIn).toContain(CHARTS[key as keyof typeof CHARTS].version);
    }
    const { version } = CHARTS["external-secrets"];
    expect(RECIPES["external-secrets"].standIn).toContain(
      `the chart of ${MODULES["github.com/external-secrets/external-secrets"].slice(1)} under the name of ${version}`,
    );
  });

  it("get CRDs of the pinned version where their own are left out", () => {
    const { crds = "" } = RECIPES["external-secrets"];
    expect(crds).toContain(EXTERNAL_SECRETS_CRDS.version.replace(/^v/, ""));
    expect(readdirSync(join(ROOT, crds)).filter((file) => file.endsWith(".yaml")).length).toBeGreaterThan(0);
  });
});
