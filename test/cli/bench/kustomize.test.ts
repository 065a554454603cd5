import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { differences, writeKustomize } from "../../../cli/bench/kustomize";
import type { RenderedCluster } from "../../../main";
import { cluster, configMap } from "../tree/trees";

const A = cluster("a", { one: [configMap("shared"), configMap("own", "a")], two: [configMap("also")] });
const B = cluster("b", { one: [configMap("shared"), configMap("own", "b")], two: [configMap("also")] });

let folder: string;
let kubectl: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kustomize-"));
  kubectl = join(folder, "kubectl");
  // As kustomize does with bases and overlays that change nothing: all documents, one after the other.
  fake(
    'for file in "$2"/*.yaml "$2"/../../base/*.yaml; do case $file in */kustomization.yaml) ;; *) echo ---; cat "$file" ;; esac; done',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fake(body: string): void {
  writeFileSync(kubectl, `#!/bin/sh\n[ "$1" = kustomize ] || exit 9\n${body}\n`);
  chmodSync(kubectl, 0o755);
}

const names = (path: string) => readdirSync(join(folder, path)).sort();

describe("writeKustomize", () => {
  it("puts what all clusters share word for word into a base, and the rest into overlays", () => {
    const overlays = writeKustomize(folder, [A, B]);
    expect(overlays).toEqual([join(folder, "overlays", "a"), join(folder, "overlays", "b")]);
    expect(names("base")).toEqual(["configmap.ns.also.yaml", "configmap.ns.shared.yaml", "kustomization.yaml"]);
    expect(names("overlays/b")).toEqual(["configmap.ns.own.yaml", "kustomization.yaml"]);
    expect(load(readFileSync(join(folder, "overlays/b/kustomization.yaml"), "utf8"))).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      resources: ["../../base", "configmap.ns.own.yaml"],
    });
  });

  it("shares nothing that one cluster lacks", () => {
    writeKustomize(folder, [A, B, cluster("c", { one: [configMap("shared")] })]);
    expect(names("base")).toEqual(["configmap.ns.shared.yaml", "kustomization.yaml"]);
  });

  it("refuses a fleet without clusters", () => {
    expect(() => writeKustomize(folder, [])).toThrow("no cluster to compare with");
  });
});

describe("differences", () => {
  const differing = (rendered: RenderedCluster) => {
    const [overlay = ""] = writeKustomize(folder, [A, B]);
    return differences(kubectl, overlay, rendered);
  };

  it("are none where kustomize builds the same objects", () => {
    expect(differing(A)).toEqual([]);
  });

  it.each([
    [
      "a changed object",
      cluster("a", { one: [configMap("shared"), configMap("own", "x")], two: [configMap("also")] }),
      ["ConfigMap ns/own differs"],
    ],
    [
      "an object that it does not build",
      cluster("a", { one: [configMap("shared"), configMap("own", "a"), configMap("also"), configMap("more")] }),
      ["ConfigMap ns/more differs", "kustomize builds 3 objects, we render 4"],
    ],
    [
      "an object that it builds besides",
      cluster("a", { one: [configMap("shared"), configMap("own", "a")] }),
      ["kustomize builds 3 objects, we render 2"],
    ],
  ])("are seen: %s", (_, rendered, expected) => {
    expect(differing(rendered)).toEqual(expected);
  });

  it("are what kustomize says when it fails", () => {
    fake('echo "no such base" >&2; exit 1');
    expect(differing(A)).toEqual(["no such base\n"]);
  });

  it("do not come from how YAML is written", () => {
    mkdirSync(join(folder, "overlays", "a"), { recursive: true });
    fake(`echo '${JSON.stringify(configMap("own", "a"))}'`);
    expect(differing(cluster("a", { one: [configMap("own", "a")] }))).toEqual([]);
  });
});
