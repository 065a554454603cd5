import type { DiffResult } from "../../../cli/diff/model";
import { readWaivers, type Waiver } from "../../../cli/diff/waivers";
import { compare, kustomization, object, rulesIn } from "./trees";

const root = { "one/flux-system": [kustomization("app")], "two/flux-system": [kustomization("app", {}, "two")] };
const pool = object("karpenter.sh/v1", "NodePool", { spec: {} }, "spot", null);
const before = { ...root, "one/app": [pool], "two/app": [pool] };
const waiver: Waiver = {
  rule: "prune/protected-kind",
  clusters: ["one", "two"],
  object: { group: "karpenter.sh", kind: "NodePool", name: "spot" },
  reason: "replaced by another pool",
  ask: "platform@example.com",
  expires: "2026-12-31",
};

const judged = (...waivers: readonly Waiver[]): Promise<DiffResult> => compare(before, root, { waivers });

describe("the gate", () => {
  it("fails on a danger that nobody approved", async () => {
    expect((await judged()).summary).toMatchObject({ verdict: "danger", exitCode: 1, blocking: 1, waived: 0 });
  });

  it("opens for an exact waiver, and says why", async () => {
    const { summary, findings } = await judged(waiver);
    expect(summary).toMatchObject({ exitCode: 0, blocking: 0, waived: 1 });
    expect(findings.find(({ rule }) => rule === waiver.rule)).toMatchObject({
      blocking: false,
      waiver: { reason: waiver.reason, ask: waiver.ask, expires: waiver.expires },
    });
  });

  it.each([
    ["another rule", { rule: "data/crd-removed" }],
    ["another object", { object: { ...waiver.object, name: "other" } }],
    ["another kind", { object: { ...waiver.object, kind: "AKSNodeClass" } }],
    ["another group", { object: { ...waiver.object, group: "" } }],
    ["another namespace", { object: { ...waiver.object, namespace: "team" } }],
  ])("stays shut for a waiver of %s, which is unused", async (_, patch) => {
    const result = await judged({ ...waiver, ...patch } as Waiver);
    expect(result.summary.exitCode).toBe(1);
    expect(rulesIn(result)).toContain("waiver/unused");
  });

  it("approves a cluster at a time", async () => {
    const result = await judged({ ...waiver, clusters: ["one"] });
    expect(result.summary).toMatchObject({ exitCode: 1, blocking: 1, waived: 1 });
    expect(
      result.findings.filter(({ rule }) => rule === waiver.rule).map(({ clusters, blocking }) => [clusters, blocking]),
    ).toEqual([
      [["two"], true],
      [["one"], false],
    ]);
  });

  it("fails where a waiver names a cluster without such a danger", async () => {
    const result = await judged({ ...waiver, clusters: ["one", "two", "three"] });
    expect(result.findings.find(({ rule }) => rule === "waiver/unused")?.message).toContain("three");
  });

  it.each([
    ["a wildcard for a name", { object: { group: "karpenter.sh", kind: "NodePool", name: "*" } }],
    ["a wildcard for a cluster", { clusters: ["*"] }],
    ["a wildcard for a rule", { rule: "prune/*" }],
    ["a wildcard for a group", { object: { group: "*", kind: "NodePool", name: "spot" } }],
    ["no object at all", { object: undefined }],
    ["more than 90 days", { expires: "2027-03-01" }],
  ])("fails for a waiver with %s", async (_, patch) => {
    const { object: own, ...rest } = { ...waiver, ...patch };
    const result = await judged({ ...rest, ...(own ? { object: own } : {}) });
    expect(rulesIn(result)).toContain("waiver/too-wide");
    expect(result.findings.every(({ waiver: approval }) => approval === undefined)).toBe(true);
  });

  it("fails for a waiver past its last day, and not on it", async () => {
    expect(rulesIn(await judged({ ...waiver, expires: "2026-11-20" }))).toContain("waiver/expired");
    expect((await judged({ ...waiver, expires: "2026-11-21" })).summary.exitCode).toBe(0);
  });

  it("fails for an unused waiver where nothing differs", async () => {
    const result = await compare(before, before, { waivers: [waiver] });
    expect(result.summary).toMatchObject({ verdict: "danger", exitCode: 1 });
  });
});

describe("the file of waivers", () => {
  it("is read", () => {
    const text = `waivers:
- rule: prune/protected-kind
  clusters: [one, two]
  object: { group: karpenter.sh, kind: NodePool, name: spot }
  reason: replaced by another pool
  ask: platform@example.com
  expires: 2026-12-31
`;
    expect(readWaivers(text)).toEqual([waiver]);
    expect(readWaivers("")).toEqual([]);
    expect(readWaivers("waivers: []\n")).toEqual([]);
  });

  it.each([
    ["waivers: 1", "waivers"],
    ["waivers: [{}]", ".clusters"],
    ["waivers:\n- {rule: no/such, clusters: [a], reason: because of it, ask: me@x, expires: 2026-12-31}", "is no rule"],
    [
      "waivers:\n- {rule: prune/object, clusters: [], reason: because of it, ask: me@x, expires: 2026-12-31}",
      "must name the clusters",
    ],
    ["waivers:\n- {rule: prune/object, clusters: [a], reason: nope, ask: me@x, expires: 2026-12-31}", "must say why"],
    [
      "waivers:\n- {rule: prune/object, clusters: [a], reason: because of it, ask: me@x, expires: soon}",
      "must be a day",
    ],
    [
      "waivers:\n- {rule: prune/object, clusters: [a], reason: because of it, ask: me@x, expires: 2026-12-31, more: 1}",
      "more",
    ],
    ["waivers: [", "cannot be read"],
  ])("is refused: %s", (text, said) => {
    expect(() => readWaivers(text)).toThrow(said);
  });
});
