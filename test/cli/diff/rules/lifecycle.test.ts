import { compare, kustomization, object, patched, rulesIn } from "../trees";
import { change, compared, DEPLOYMENT, testRules } from "./cases";

const config = object("v1", "ConfigMap", { data: { a: "1" } });
const kept = { annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" } };
const pool = object("karpenter.sh/v1", "NodePool", { spec: { weight: 1 } }, "it", null);
const role = object("rbac.authorization.k8s.io/v1", "RoleBinding", {
  roleRef: { kind: "Role", name: "a" },
  subjects: [],
});
const service = object("v1", "Service", { spec: { clusterIP: "10.0.0.1", ports: [{ port: 80 }] } });
const set = object("apps/v1", "StatefulSet", {
  spec: {
    replicas: 1,
    serviceName: "it",
    volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { resources: { requests: { storage: "1Gi" } } } }],
  },
});
const job = object("batch/v1", "Job", {
  spec: { parallelism: 1, template: { spec: { containers: [{ name: "a", image: "a:1" }] } } },
});
const storage = object(
  "storage.k8s.io/v1",
  "StorageClass",
  { parameters: { skuName: "a" }, allowVolumeExpansion: false },
  "it",
  null,
);
const claim = object("v1", "PersistentVolumeClaim", {
  spec: { storageClassName: "a", resources: { requests: { storage: "2Gi" } } },
});
const fixed = object("v1", "ConfigMap", { immutable: true, data: { a: "1" } });
const CART = JSON.parse(JSON.stringify(DEPLOYMENT).replaceAll('"it"', '"cart"'));
const forced = object("v1", "ConfigMap", {
  immutable: true,
  data: { a: "1" },
  metadata: { annotations: { "kustomize.toolkit.fluxcd.io/force": "enabled" } },
});

testRules(
  "What comes, goes and moves",
  {
    "object/created": { hit: [[undefined, config]], miss: [change(config, { data: { a: "2" } })] },
    "object/updated": {
      hit: [change(config, { data: { a: "2" } })],
      miss: [change(DEPLOYMENT, { spec: { replicas: 1 } })],
    },
    "object/immutable": {
      hit: [
        change(DEPLOYMENT, { spec: { selector: { matchLabels: { app: "other" } } } }),
        change(role, { roleRef: { name: "b" } }),
        change(service, { spec: { clusterIP: "10.0.0.2" } }),
        change(set, { spec: { serviceName: "other" } }),
        change(set, {
          spec: {
            volumeClaimTemplates: [
              { metadata: { name: "data" }, spec: { resources: { requests: { storage: "2Gi" } } } },
            ],
          },
        }),
        change(job, { spec: { template: { spec: { containers: [{ name: "a", image: "a:2" }] } } } }),
        change(storage, { parameters: { skuName: "b" } }),
        change(claim, { spec: { storageClassName: "b" } }),
        change(claim, { spec: { resources: { requests: { storage: "1Gi" } } } }),
        change(fixed, { data: { a: "2" } }),
        change(fixed, { immutable: false }),
      ],
      miss: [
        change(DEPLOYMENT, { spec: { template: { metadata: { labels: { more: "1" } } } } }),
        change(role, { subjects: [{ kind: "User", name: "a" }] }),
        change(service, { spec: { clusterIP: undefined } }),
        change(service, { spec: { ports: [{ port: 81 }] } }),
        change(set, { spec: { replicas: 2 } }),
        change(job, { spec: { parallelism: 2 } }),
        change(storage, { allowVolumeExpansion: true }),
        change(claim, { spec: { resources: { requests: { storage: "3Gi" } } } }),
        change(config, { data: { a: "2" } }),
        change(config, { immutable: true }),
      ],
    },
    "object/forced": {
      hit: [change(forced, { data: { a: "2" } })],
      miss: [change(forced, { metadata: { labels: { a: "b" } } })],
    },
    "prune/object": { hit: [[config, undefined]], miss: [change(config, { data: { a: "2" } })] },
    "prune/workload": { hit: [[DEPLOYMENT, undefined]], miss: [[config, undefined]] },
    "prune/protected-kind": {
      hit: [
        [pool, undefined],
        [set, undefined],
      ],
      miss: [
        [DEPLOYMENT, undefined],
        [patched(pool, { metadata: kept }), undefined],
      ],
    },
    "prune/orphaned": { hit: [[patched(config, { metadata: kept }), undefined]], miss: [[config, undefined]] },
    "prune/unprotected": {
      hit: [change(patched(config, { metadata: kept }), { metadata: { annotations: undefined } })],
      miss: [change(config, { metadata: kept })],
    },
    "rename/object": {
      hit: [
        [config, patched(config, { metadata: { name: "other" } })],
        [CART, JSON.parse(JSON.stringify(CART).replaceAll("cart", "shop"))],
      ],
      miss: [[config, patched(config, { metadata: { name: "other" }, data: { a: "2" } })]],
    },
  },
  ["move/recreated", "move/protected", "object/not-applied"],
);

describe("object/not-applied", () => {
  const pair = change(config, { data: { a: "2" } });

  it("is found where the Kustomization is suspended, or there is none", async () => {
    expect(rulesIn(await compared(pair, { suspend: true }))).toEqual(["object/not-applied"]);
    const root = { "one/flux-system": [kustomization("other")] };
    const result = await compare({ ...root, "one/app": [config] }, { ...root, "one/app": [pair[1] as typeof config] });
    expect(rulesIn(result)).toEqual(["object/not-applied"]);
  });

  it("is not found where it is applied, nor in the root's own folder", async () => {
    expect(rulesIn(await compared(pair))).toEqual(["object/updated"]);
    const result = await compare(
      { "one/flux-system": [kustomization("app"), config] },
      { "one/flux-system": [kustomization("app"), pair[1] as typeof config] },
    );
    expect(rulesIn(result)).toEqual(["object/updated"]);
  });
});

describe("a move between Kustomizations", () => {
  const root = [kustomization("one"), kustomization("two")];
  const move = (moved: typeof config, after = moved) =>
    compare(
      { "one/flux-system": root, "one/one": [moved], "one/two": [config2] },
      { "one/flux-system": root, "one/one": [], "one/two": [config2, after] },
    );
  const config2 = object("v1", "ConfigMap", {}, "stays");

  it("deletes a live object", async () => {
    const { changes, ...result } = await move(config);
    expect(rulesIn({ changes, ...result })).toContain("move/recreated");
    expect(changes).toMatchObject([
      { status: "moved", component: "two", was: { component: "one" }, effects: [{ kind: "recreated" }] },
    ]);
  });

  it("keeps one that the live object's own annotation protects", async () => {
    const result = await move(patched(config, { metadata: kept }));
    expect(rulesIn(result)).toEqual(["move/protected"]);
    expect(result.changes).toMatchObject([{ effects: [{ kind: "handed-over" }] }]);
  });

  it("does not trust an annotation that comes with the move", async () => {
    expect(rulesIn(await move(config, patched(config, { metadata: kept })))).toContain("move/recreated");
  });
});

describe("what becomes of a removed object", () => {
  const cases: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ["its Kustomization prunes", {}, "pruned"],
    ["its Kustomization does not prune", { prune: false }, "orphaned"],
    ["its Kustomization is suspended", { suspend: true }, "orphaned"],
  ];
  it.each(cases)("%s", async (_, applier, effect) => {
    expect((await compared([config, undefined], applier)).changes).toMatchObject([{ effects: [{ kind: effect }] }]);
  });

  it.each([
    [{}, "pruned"],
    [{ prune: false }, "orphaned"],
    [{ deletionPolicy: "Orphan" }, "orphaned"],
    [{ prune: false, deletionPolicy: "Delete" }, "pruned"],
  ])("its Kustomization goes with it: %j", async (spec, effect) => {
    const { changes } = await compare(
      {
        "one/flux-system": [kustomization("app", spec), kustomization("rest")],
        "one/app": [config],
        "one/rest": [config].map((one) => patched(one, { metadata: { name: "rest" } })),
      },
      { "one/flux-system": [kustomization("rest")], "one/rest": [patched(config, { metadata: { name: "rest" } })] },
    );
    expect(changes.find(({ object }) => object.kind === "ConfigMap")).toMatchObject({ effects: [{ kind: effect }] });
  });

  it("stays where the whole cluster leaves the tree", async () => {
    const tree = {
      "one/flux-system": [kustomization("app")],
      "one/app": [config],
      "two/flux-system": [kustomization("app", {}, "two")],
      "two/app": [config],
    };
    const { "two/flux-system": _, "two/app": __, ...rest } = tree;
    const result = await compare(tree, rest);
    expect(rulesIn(result)).toContain("cluster/removed");
    expect(result.changes.every(({ effects }) => effects.every(({ kind }) => kind === "orphaned"))).toBe(true);
    expect(result.clusters).toMatchObject([{ cluster: "two", status: "removed" }]);
  });
});
