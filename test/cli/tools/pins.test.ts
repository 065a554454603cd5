import { readdirSync, readFileSync } from "node:fs";
import { KUBECONFORM } from "../../../cli/kubeconform/tool";
import { PROGRAMS } from "../../../cli/live/programs";
import { estimatesInOrder } from "../../../cli/tools/estimate";
import type { PinnedTool } from "../../../cli/tools/find";
import { HELM_CONTROLLER, KUSTOMIZE_CONTROLLER } from "../../../cli/tools/flux";
import { KUBE_APISERVER_NEXT, KUBECTL } from "../../../cli/tools/kubernetes";
import { KYVERNO } from "../../../cli/tools/kyverno";
import { CRD_MODULES, KUBERNETES_VERSIONS } from "../../../clusters/versions";

const TOOLS: readonly (readonly [string, PinnedTool])[] = [
  ...Object.entries(PROGRAMS),
  ["kubeconform", KUBECONFORM],
  ["kubectl-kyverno", KYVERNO],
];

/** What a module's go.mod says: the packages of its `tool` lines, and the version of each required module. */
function goMod(module: string) {
  const lines = readFileSync(`${module}/go.mod`, "utf8").split("\n");
  const words = lines.map((line) =>
    line
      .trim()
      .replace(/^(require|tool) (?!\()/, "")
      .split(" "),
  );
  return {
    tools: words
      .filter(([path = "", ...rest]) => rest.length === 0 && /^[a-z.0-9-]+\.[a-z]+\//.test(path))
      .map(([path]) => path),
    versions: new Map(
      words.flatMap(([path = "", version = ""]) => (/^v\d/.test(version) ? [[path, version] as const] : [])),
    ),
  };
}

interface Rule {
  readonly matchPackageNames?: readonly string[];
  readonly matchFileNames?: readonly string[];
  readonly matchCurrentVersion?: string;
  readonly allowedVersions?: string;
}

/** Whether Renovate's rules for all files let a package go from one version to another; the last rule that fits decides. */
function mayMove(name: string, from: string, to: string): boolean {
  const { packageRules } = JSON.parse(readFileSync("renovate.json", "utf8")) as { packageRules: readonly Rule[] };
  const rule = packageRules.findLast(
    ({ matchPackageNames = [], matchFileNames, matchCurrentVersion = "", allowedVersions }) =>
      allowedVersions !== undefined &&
      matchFileNames === undefined &&
      new RegExp(matchCurrentVersion.replace(/^\/|\/$/g, "")).test(from) &&
      matchPackageNames.some((pattern) =>
        pattern.endsWith("/**") ? name.startsWith(pattern.slice(0, -2)) : name === pattern,
      ),
  );
  const allowed = rule?.allowedVersions ?? "";
  if (allowed.startsWith("/")) return new RegExp(allowed.slice(1, -1)).test(to);
  const number = (version: string) => Number(/(\d+)\.(\d+)/.exec(version)?.[2]);
  return number(to) < number(allowed);
}

/** The required module that a package is from. */
function versionIn(module: string, packageName: string): string | undefined {
  const { versions } = goMod(module);
  const modules = [...versions.keys()].filter((path) => packageName === path || packageName.startsWith(`${path}/`));
  return versions.get(modules.sort((a, b) => b.length - a.length)[0] ?? "");
}

describe.each(TOOLS)("%s", (_, { name, version, go }) => {
  it("is of the version that its module requires", () => {
    expect(versionIn(go?.module ?? "", go?.package ?? "")).toBe(version);
  });

  it("has a tool line in its module, which builds with this project's Go", () => {
    expect(goMod(go?.module ?? "").tools).toContain(go?.package);
    expect(readFileSync(`${go?.module}/go.mod`, "utf8")).toMatch(/^go 1\.2[4-6]\.\d$/m);
  });

  it("is built under its own name, and no two programs share one file in the cache", () => {
    expect(go?.name).toBe(name);
    const same = TOOLS.filter(([, other]) => other.go?.name === name && other.go.module === go?.module);
    expect(same).toHaveLength(1);
  });

  it("says its version with every flag that holds one", () => {
    const [major, minor] = KUBECTL.version.slice(1).split(".");
    const [ownMajor, ownMinor] = version.slice(1).split(".");
    for (const flag of go?.ldflags ?? []) {
      const [variable = "", value = ""] = flag.replace(/^-X /, "").split("=");
      const expected = /Major$/.test(variable)
        ? [major, ownMajor]
        : /Minor$/.test(variable)
          ? [minor, ownMinor]
          : [version, version.slice(1)];
      expect(expected).toContain(value);
    }
  });
});

it("every program that a module offers is pinned", () => {
  const modules = new Set(TOOLS.map(([, { go }]) => go?.module ?? ""));
  const offered = [...modules].flatMap((module) => goMod(module).tools.map((path) => `${module} ${path}`));
  expect(offered.sort()).toEqual(TOOLS.map(([, { go }]) => `${go?.module} ${go?.package}`).sort());
  for (const module of modules) expect(readdirSync(module).sort()).toEqual(["go.mod", "go.sum"]);
});

it("every program of a rig has an estimate, less after another of its module", () => {
  for (const { go } of Object.values(PROGRAMS)) {
    const [first, second] = estimatesInOrder([go, go]);
    expect(first?.seconds).toBeGreaterThan(0);
    expect(first?.gigabytes).toBeGreaterThan(0);
    expect(second?.seconds).toBeLessThanOrEqual(first?.seconds ?? 0);
  }
});

describe("versions that are bound", () => {
  const patches = Object.values(KUBERNETES_VERSIONS).map(({ patch }) => patch);
  const minorOf = (version: string) => Number(version.replace(/^v/, "").split(".")[1]);

  it("Kubernetes is one that the clusters run, and the next is the minor after their newest", () => {
    expect(patches.map((patch) => `v${patch}`)).toContain(KUBECTL.version);
    expect(minorOf(KUBE_APISERVER_NEXT.version)).toBe(Math.max(...patches.map(minorOf)) + 1);
  });

  it("each Kubernetes module takes all of Kubernetes from one release", () => {
    for (const [module, version] of [
      ["tools/kubernetes", KUBECTL.version],
      ["tools/kubernetes-next", KUBE_APISERVER_NEXT.version],
    ] as const) {
      const replaced = readFileSync(`${module}/go.mod`, "utf8").matchAll(/^replace (k8s\.io\/\S+) => (\S+) (\S+)$/gm);
      const wrong = [...replaced].filter(
        ([, path, by, staged]) => path !== by || staged !== version.replace(/^v1/, "v0"),
      );
      expect(wrong.map(([line]) => line)).toEqual([]);
    }
  });

  it("Renovate moves no Kubernetes to another minor", () => {
    for (const version of [KUBECTL.version, KUBE_APISERVER_NEXT.version, KUBECTL.version.replace("v1", "v0")]) {
      const next = version.replace(/\.(\d+)\./, (_, minor) => `.${Number(minor) + 1}.`);
      expect([version, version.slice(1), next].map((to) => mayMove("k8s.io/api", version, to))).toEqual([
        true,
        true,
        false,
      ]);
    }
  });

  it("Renovate moves neither kustomize-controller nor helm-controller past the AKS extension's Flux 2.7", () => {
    const [kustomize, helm] = ["github.com/fluxcd/kustomize-controller", "github.com/fluxcd/helm-controller"] as const;
    for (const path of [kustomize, helm]) expect(mayMove(path, CRD_MODULES[path], CRD_MODULES[path])).toBe(true);
    expect(mayMove(kustomize, KUSTOMIZE_CONTROLLER.version, "v1.8.0")).toBe(false);
    expect(mayMove(helm, HELM_CONTROLLER.version, "v1.5.0")).toBe(false);
  });

  it("Kyverno and Flux's kustomize-controller and helm-controller are what the CRDs are from", () => {
    expect(KYVERNO.version).toBe(CRD_MODULES["github.com/kyverno/kyverno"]);
    expect(PROGRAMS.kyverno.version).toBe(KYVERNO.version);
    expect(KUSTOMIZE_CONTROLLER.version).toBe(CRD_MODULES["github.com/fluxcd/kustomize-controller"]);
    expect(HELM_CONTROLLER.version).toBe(CRD_MODULES["github.com/fluxcd/helm-controller"]);
  });
});
