import { fleet as valid } from "../../../../clusters/fleet";
import type { FleetDraft } from "../../../../clusters/model/rules/rule";
import { meshSupportsKubernetes } from "../../../../clusters/model/rules/versions";
import { reports } from "../support";

const fleet = valid as FleetDraft;
const RANGES = { "asm-1-29": { kubernetes: ["1.31", "1.36"] }, "asm-1-30": { kubernetes: ["1.32", "1.34"] } } as const;

describe("a version is refused", () => {
  reports([
    [
      "Kubernetes that is not pinned",
      { kubernetes: "1.31" },
      "kubernetes",
      '"1.31", which is not accepted',
      "KUBERNETES_VERSIONS of clusters/versions.ts",
    ],
    ["Kubernetes as a number", { kubernetes: 1.35 }, "kubernetes", "is 1.35, which is not accepted", 'write "1.35"'],
    ["a mesh revision of long ago", { meshRevision: "asm-1-24" }, "meshRevision", '"asm-1-24"', '"asm-1-30"'],
  ]);
});

test("a mesh revision outside the Kubernetes version's range is refused", () => {
  expect(meshSupportsKubernetes(fleet, RANGES)).toEqual([
    {
      at: ["meshRevision"],
      reason: '"asm-1-30" supports Kubernetes 1.32 to 1.34, not 1.35',
      fix: 'write "asm-1-29", or change kubernetes',
    },
  ]);
});

test("where no revision supports it, another Kubernetes version is asked for", () => {
  const [finding] = meshSupportsKubernetes(fleet, { "asm-1-30": RANGES["asm-1-30"] });
  expect(finding?.fix).toBe("choose a Kubernetes version from 1.32 to 1.34");
});

test("minors are compared as numbers", () => {
  expect(meshSupportsKubernetes(fleet, { "asm-1-30": { kubernetes: ["1.9", "1.100"] } })).toEqual([]);
});

test("without a mesh its revision does not matter", () => {
  const clusters = valid.clusters.map(({ mesh: _, ...cluster }) => cluster);
  expect(meshSupportsKubernetes({ ...fleet, clusters } as FleetDraft, RANGES)).toEqual([]);
});

test("the rule is among those that loading applies", () => {
  jest.isolateModules(() => {
    jest.doMock("../../../../clusters/versions", () => ({
      ...jest.requireActual<object>("../../../../clusters/versions"),
      MESH_REVISIONS: RANGES,
    }));
    const { checkFleet } =
      jest.requireActual<typeof import("../../../../clusters/model")>("../../../../clusters/model");
    expect(checkFleet(valid).map(({ path }) => path)).toEqual(["meshRevision"]);
  });
});
