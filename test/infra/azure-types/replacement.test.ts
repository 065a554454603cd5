import { refusedChanges, replacementProperties, replacementSources } from "../../../infra/azure-types";
import { publishedTypes } from "../../../infra/azure-types/data";
import { declaredTypes } from "../../../infra/azure-types/declared";
import type { ArmType } from "../../../infra/azure-types/model";
import { REFUSED, REPLACED } from "../../../infra/azure-types/replacement";
import { TOKENS } from "../../../infra/azure-types/tokens";
import { viewOf } from "../../../infra/azure-types/view";

const token = (key: string) => `azure-native:${key}`;

describe("what a change replaces", () => {
  test("a cluster by its pod range, and not by its tier", () => {
    const paths = replacementProperties(token("containerservice:ManagedCluster"));
    expect(paths).toContain("networkProfile.podCidr");
    expect(paths).toContain("resourceName");
    expect(paths).not.toContain("sku.tier");
    expect(paths).not.toContain("networkProfile.advancedNetworking");
  });

  test("a pool by its machine size; of an inline pool Azure refuses the change", () => {
    expect(replacementProperties(token("containerservice:AgentPool"))).toContain("vmSize");
    expect(refusedChanges(token("containerservice:ManagedCluster"))).toContain("agentPoolProfiles[].vmSize");
  });

  test("nothing that is not a resource of Azure", () => {
    expect(replacementProperties("pulumi:pulumi:Stack")).toEqual([]);
    expect(refusedChanges("pulumi:pulumi:Stack")).toEqual([]);
  });

  test("is never both planned and refused", () => {
    for (const key of Object.keys(TOKENS)) {
      const planned = replacementProperties(token(key));
      expect(refusedChanges(token(key)).filter((path) => planned.includes(path))).toEqual([]);
    }
  });

  test.each(Object.keys({ ...REPLACED, ...REFUSED }))("names inputs that %s has, and says where it is said", (key) => {
    const { type, version, nested } = TOKENS[key] ?? { type: "", version: "", nested: false };
    const name = `${type}@${version}`.toLowerCase();
    const body = publishedTypes().get(name) ?? declaredTypes().get(name);
    const listed = [...(REPLACED[key] ?? []), ...(REFUSED[key] ?? [])];
    const outside = TOKENS[key]?.address ?? [];
    const paths = listed.flatMap(({ properties }) => properties).filter((path) => !outside.includes(path));
    expect(paths.filter((path) => !body || !isThere(body, path.split("."), nested))).toEqual([]);
    expect(
      [...replacementSources(token(key)), ...listed.map(({ source }) => source)].every((source) => source !== ""),
    ).toBe(true);
  });
});

function isThere(type: ArmType, [first = "", ...rest]: readonly string[], nested: boolean): boolean {
  if (first === "") return true;
  if (type.kind !== "object") return false;
  const slot = viewOf(type, !nested).slots.get(first.replace("[]", ""));
  const inner = slot?.type();
  if (!inner) return false;
  return isThere(inner.kind === "array" ? inner.item() : inner, rest, false);
}
