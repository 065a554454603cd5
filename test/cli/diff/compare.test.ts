import { RULES } from "../../../cli/diff/rules/catalogue";
import { added, BASE, edit, without } from "./corpus/edit";
import { compare, compareFiles, kustomization, object, rulesIn } from "./trees";

const config = object("v1", "ConfigMap", { data: { a: "1" } });
const root = [kustomization("app")];

describe("folding", () => {
  it("lists the clusters of a change that is the same on all", async () => {
    const { changes, findings, summary } = await compareFiles(
      BASE,
      edit(/disallow-privileged-containers/, (o) => {
        o.spec.validationActions = ["Audit"];
      }),
    );
    expect(changes).toMatchObject([
      {
        clusters: ["app1", "app2"],
        files: [
          "app1/kyverno-policies/validatingpolicy.disallow-privileged-containers.yaml",
          "app2/kyverno-policies/validatingpolicy.disallow-privileged-containers.yaml",
        ],
      },
    ]);
    expect(findings).toMatchObject([{ clusters: ["app1", "app2"], change: changes[0]?.id }]);
    expect(summary.objects.all).toBe(2);
  });

  it("keeps what differs apart", async () => {
    const one = edit(/app1.*disallow-privileged-containers/, (o) => {
      o.spec.validationActions = ["Audit"];
    });
    const { changes } = await compareFiles(
      BASE,
      edit(
        /app2.*disallow-privileged-containers/,
        (o) => {
          o.spec.validationActions = ["Warn"];
        },
        one,
      ),
    );
    expect(changes.map(({ clusters }) => clusters)).toEqual([["app1"], ["app2"]]);
  });

  it("folds Flux Kustomizations, whose paths name their cluster", async () => {
    const { changes } = await compareFiles(
      BASE,
      edit(/kustomization.*\.namespaces\./, (o) => {
        o.spec.timeout = "9m";
      }),
    );
    expect(changes).toMatchObject([{ clusters: ["app1", "app2", "mgmt"] }]);
    const { changes: gone } = await compareFiles(BASE, without(/kustomization.*\.namespaces\./));
    expect(gone).toMatchObject([
      { clusters: ["app1", "app2", "mgmt"], fields: [{ before: { spec: { path: "./dist/<cluster>/namespaces" } } }] },
    ]);
  });

  it("is not deceived by a path that is written like the placeholder", async () => {
    const { changes } = await compareFiles(
      BASE,
      edit(/app1.*kustomization.*\.namespaces\./, (o) => {
        o.spec.path = "./dist/<cluster>/namespaces";
      }),
    );
    expect(changes).toHaveLength(1);
  });
});

describe("blast radius", () => {
  it("says what is reconciled and what waits on it", async () => {
    const { clusters } = await compareFiles(
      BASE,
      edit(/app2.*\/deployment\.ledger/, (o) => {
        o.spec.template.metadata.labels.more = "1";
      }),
    );
    const [app2] = clusters;
    const states = new Map(app2?.kustomizations.map(({ name, state }) => [name, state]));
    expect(clusters.map(({ cluster }) => cluster)).toEqual(["app2"]);
    expect(states.get("workloads-ledger")).toBe("changed");
    expect(states.get("night")).toBe("waits");
    expect(states.get("namespaces")).toBe("unaffected");
    expect(app2?.workloads).toMatchObject([
      { object: { name: "ledger" }, effect: "rolls-pods", replicas: expect.stringMatching(/^\d+ to \d+$/) },
    ]);
  });

  it("takes a thousand Kustomizations in one chain, or all on one", async () => {
    const name = (index: number) => `k${String(index).padStart(4, "0")}`;
    for (const needs of [
      (index: number) => [{ name: name(index - 1) }],
      (index: number) => Array.from({ length: Math.min(index, 20) }, (_, k) => ({ name: name(k) })),
    ]) {
      const chain = Array.from({ length: 1000 }, (_, index) =>
        kustomization(name(index), index === 0 ? {} : { dependsOn: needs(index) }),
      );
      const started = performance.now();
      const { clusters } = await compare(
        { "one/flux-system": chain, "one/k0000": [config] },
        { "one/flux-system": chain, "one/k0000": [{ ...config, data: {} }] },
      );
      expect(performance.now() - started).toBeLessThan(5_000);
      const [first, second] = clusters[0]?.kustomizations ?? [];
      expect(first).toMatchObject({ name: "k0000", state: "changed", dependents: 999 });
      expect(second).toMatchObject({ name: "k0001", state: "waits" });
    }
  });

  it("ends where Kustomizations wait for each other in a circle", async () => {
    const circle = [
      kustomization("app", { dependsOn: [{ name: "b" }] }),
      kustomization("b", { dependsOn: [{ name: "app" }, { name: "nobody" }] }),
    ];
    const { clusters } = await compare(
      { "one/flux-system": circle, "one/app": [config] },
      { "one/flux-system": circle, "one/app": [{ ...config, data: {} }] },
    );
    expect(clusters[0]?.kustomizations).toMatchObject([
      { name: "app", state: "changed", dependents: 1 },
      { name: "b", state: "waits", dependents: 1 },
    ]);
  });
});

describe("variables", () => {
  it("are told when they come, go, and are missing", async () => {
    const come = await compareFiles(
      BASE,
      edit(/app1.*cluster-vars/, (o) => {
        o.data.MORE = "${MORE}";
      }),
    );
    expect(come.variables).toEqual([{ name: "MORE", status: "added", clusters: ["app1"], usedBy: [] }]);
    expect(rulesIn(come)).toContain("variable/appeared");
    const unused = edit(/app1.*cluster-vars/, (o) => {
      o.data.MORE = "${MORE}";
    });
    const gone = await compareFiles(unused, BASE);
    expect(gone.variables).toMatchObject([{ name: "MORE", status: "removed" }]);
    expect(rulesIn(gone)).toContain("variable/disappeared");
    const missing = await compareFiles(
      BASE,
      edit(/app1.*cluster-vars/, (o) => void delete o.data.AZURE_TENANT_ID),
    );
    expect(missing.variables).toMatchObject([{ name: "AZURE_TENANT_ID", status: "undefined", clusters: ["app1"] }]);
    expect(missing.variables[0]?.usedBy.length).toBeGreaterThan(0);
  });

  it("are found in an object that differs and names one that nobody produces", async () => {
    const { variables } = await compareFiles(
      BASE,
      edit(/app2.*secretproviderclass/, (o) => {
        o.spec.parameters.more = "${NOBODY} ${WITH:=default} $${ESCAPED}";
      }),
    );
    expect(variables).toMatchObject([{ name: "NOBODY", status: "undefined", clusters: ["app2"] }]);
  });

  it("count nothing where Flux does not substitute", async () => {
    const { variables } = await compare(
      { "one/flux-system": root, "one/app": [config] },
      { "one/flux-system": root, "one/app": [{ ...config, data: { a: "${SHELL_TEXT}" } }] },
    );
    expect(variables).toEqual([]);
  });
});

describe("the tree as a whole", () => {
  it("says which clusters come and go", async () => {
    const less = without(/^app2\//);
    expect(rulesIn(await compareFiles(BASE, less))).toContain("cluster/removed");
    const come = await compareFiles(less, BASE);
    expect(rulesIn(come)).toContain("cluster/added");
    expect(come.clusters).toMatchObject([{ cluster: "app2", status: "added" }]);
    expect(come.summary.allClusters).toBe(3);
  });

  it("says which files are no manifests in their places", async () => {
    const result = await compareFiles(
      BASE,
      new Map(BASE).set("app1/notes.txt", "hello").set("app1/istio/deep/a.yaml", "a: 1"),
    );
    expect(result.findings.filter(({ rule }) => rule === "tree/unexpected-file")).toHaveLength(2);
    expect(result.summary.exitCode).toBe(0);
  });

  it("counts files that differ in form only", async () => {
    const [path = "", text = ""] = [...BASE].find(([name]) => name.includes("namespace.storefront")) ?? [];
    const result = await compareFiles(BASE, new Map(BASE).set(path, `# a comment\n${text}`));
    expect(result.summary).toMatchObject({ verdict: "clean", sameButText: 1, objects: { all: 0 } });
  });

  it("matches an object of another API version with itself", async () => {
    const result = await compareFiles(
      BASE,
      edit(/horizontalpodautoscaler\.ledger/, (o) => {
        o.apiVersion = "autoscaling/v1";
      }),
    );
    expect(result.changes).toMatchObject([{ status: "changed", fields: [{ path: "apiVersion" }] }]);
  });

  it("lists images and versions", async () => {
    const result = await compareFiles(
      BASE,
      edit(/ocirepository.*kyverno|deployment\.ledger/, (o) => {
        if (o.kind === "OCIRepository") o.spec.ref.tag = "4.0.0";
        else o.spec.template.spec.containers[0].image = "acrk8sdemo7f3a.azurecr.io/ledger:9.0.0";
      }),
    );
    expect(result.versions).toMatchObject([
      { what: "chart", name: "kyverno", after: "4.0.0", step: "major", clusters: ["app1", "app2"] },
    ]);
    expect(result.images).toMatchObject([
      {
        object: { name: "ledger" },
        container: "ledger",
        after: "acrk8sdemo7f3a.azurecr.io/ledger:9.0.0",
        clusters: ["app2"],
      },
    ]);
  });

  it("explains exactly the rules that findings name", async () => {
    const result = await compareFiles(
      BASE,
      added("app1/secrets/secret.a.b.yaml", {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "b", namespace: "a" },
        stringData: { c: "d" },
      }),
    );
    expect(result.rules.map(({ id }) => id).sort()).toEqual(rulesIn(result));
    expect(Object.keys(RULES)).toEqual(expect.arrayContaining(result.rules.map(({ id }) => id)));
  });
});
