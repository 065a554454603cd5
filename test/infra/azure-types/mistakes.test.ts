import { checkResource, checkResources, describeProblem } from "../../../infra/azure-types";
import { PROGRAM_RULES, RULES } from "../../../infra/azure-types/rules";
import { GOOD } from "./good";
import { changed, MISTAKES, TOGETHER } from "./mistakes";

const TYPE_CHECKS = [
  "discriminator",
  "enum",
  "items",
  "length",
  "missing",
  "name",
  "pattern",
  "range",
  "read-only",
  "unknown-property",
  "wrong-type",
];

describe("seeded mistakes", () => {
  test.each(MISTAKES)("$name: $caught", ({ on, at, write, caught }) => {
    const problems = checkResource(changed(GOOD[on], at, write));
    expect(problems.map(({ check }) => check)).toContain(caught);
    expect(problems.map(describeProblem).join("\n")).not.toContain("undefined");
  });

  test.each(TOGETHER)("$name: $caught", ({ resources, caught }) => {
    expect(resources.flatMap(checkResource).map(describeProblem)).toEqual([]);
    expect(checkResources(resources).map(({ check }) => check)).toContain(caught);
  });

  test("are many, and most of them compile", () => {
    const compiling = MISTAKES.filter(({ compiles }) => compiles);
    expect(MISTAKES.length).toBeGreaterThanOrEqual(40);
    expect(compiling.length).toBeGreaterThan(MISTAKES.length / 2);
  });

  test("have names of their own", () => {
    const names = [...MISTAKES, ...TOGETHER].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("try every check and every rule", () => {
    const caught = new Set([...MISTAKES, ...TOGETHER].map((mistake) => mistake.caught));
    const checks = [...TYPE_CHECKS, ...RULES.map(({ id }) => id), ...PROGRAM_RULES.map(({ id }) => id)];
    expect(checks.filter((check) => !caught.has(check))).toEqual([]);
  });
});

describe("a problem", () => {
  test("names the resource, the place, the reason and the fix", () => {
    const problems = checkResource(changed(GOOD.cluster, "networkProfile.networkDataplane", "cillium"));
    expect(problems.map(describeProblem)).toEqual([
      'azure-native:containerservice:ManagedCluster aks-mgmt: networkProfile.networkDataplane is "cillium", which Azure has not published [enum]; fix: write cilium',
    ]);
  });
});
