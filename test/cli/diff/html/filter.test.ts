import fc from "fast-check";
import { embed } from "../../../../cli/diff/html/embed";
import {
  answer,
  FACETS,
  type Facet,
  type Query,
  type Row,
  valuesOf,
  wordsOf,
} from "../../../../cli/diff/html/page/filter";
import type { PageReport } from "../../../../cli/diff/html/page/report";
import { identityOf, rowsOf, sorted } from "../../../../cli/diff/html/page/rows";
import { realisticReport } from "./realistic";

const page = JSON.parse(embed(realisticReport()).report) as PageReport;
const { changes, findings, byId } = rowsOf(page);
const names = (rows: readonly { readonly change: { readonly object: { readonly name: string } } }[]) =>
  rows.map(({ change }) => change.object.name);
const ask = (text: string, ...picked: readonly (readonly [Facet, string])[]): Query => ({
  words: wordsOf(text),
  picked: new Map(picked.map(([facet, value]) => [facet, new Set([value])])),
});

describe("a filter", () => {
  it("lets everything through that nothing is asked of", () => {
    expect(answer(changes, ask("")).rows).toHaveLength(page.changes.length);
  });

  it("finds every word, in any case, in names, effects, findings and rules", () => {
    expect(names(answer(changes, ask("STOREFRONT immutable")).rows)).toEqual(["storefront"]);
    expect(names(answer(changes, ask("80 gib")).rows)).toEqual(["legacy-batch"]);
    expect(names(answer(changes, ask("storefront-tmp")).rows)).toEqual(["storefront-settings"]);
    expect(answer(findings, ask("closed maintenance")).rows).toHaveLength(1);
    expect(answer(changes, ask("no such thing")).rows).toEqual([]);
  });

  it("takes any value of a facet, and all facets", () => {
    const query: Query = {
      words: [],
      picked: new Map([
        ["status", new Set(["moved", "renamed"])],
        ["cluster", new Set(["app1"])],
      ]),
    };
    expect(names(answer(changes, query).rows).sort()).toEqual(["storefront", "storefront-settings"]);
    expect(answer(findings, ask("", ["gate", "blocks"])).rows).toHaveLength(page.summary.blocking);
    expect(answer(findings, ask("", ["gate", "approved"])).rows).toHaveLength(page.summary.waived);
  });

  it("counts for each value what picking it as well would give", () => {
    const facets = [...FACETS.keys()];
    const picks = fc.array(
      fc
        .constantFrom(...changes)
        .chain((row: Row) =>
          fc.constantFrom(...facets.flatMap((facet) => valuesOf(row, facet).map((value) => [facet, value] as const))),
        ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(picks, fc.constantFrom("", "storefront", "app1 updated"), (picked, text) => {
        const query: Query = {
          words: wordsOf(text),
          picked: new Map(
            picked.map(([facet]) => [
              facet,
              new Set(picked.filter(([each]) => each === facet).map(([, value]) => value)),
            ]),
          ),
        };
        const { counts } = answer(changes, query);
        for (const facet of facets) {
          for (const [value, number] of counts.get(facet) ?? []) {
            const only = { ...query, picked: new Map([...query.picked, [facet, new Set([value])]]) };
            expect(answer(changes, only).rows).toHaveLength(number);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("rows", () => {
  it("know their change, their findings and each other", () => {
    for (const row of findings) expect(row.change).toBe(byId.get(row.finding.change ?? ""));
    expect(changes.find(({ change }) => change.id === "c2")?.findings).toHaveLength(2);
  });

  it("are sorted as asked, the worst first where that is equal", () => {
    expect(sorted(changes, "severity")).toBe(changes);
    for (const order of ["component", "kind", "name"] as const) {
      const rows = sorted(changes, order);
      expect(new Set(rows)).toEqual(new Set(changes));
      expect(rows).not.toEqual(changes);
    }
    expect(sorted(changes, "kind").map(({ change }) => change.object.kind)).toEqual(
      changes.map(({ change }) => change.object.kind).sort(),
    );
  });

  it("take an object for the same in every version of its API, and in no other group", () => {
    const object = { kind: "Gateway", namespace: "a", name: "b" };
    expect(identityOf({ ...object, apiVersion: "networking.istio.io/v1" })).toBe(
      identityOf({ ...object, apiVersion: "networking.istio.io/v1beta1" }),
    );
    expect(identityOf({ ...object, apiVersion: "gateway.networking.k8s.io/v1" })).not.toBe(
      identityOf({ ...object, apiVersion: "networking.istio.io/v1" }),
    );
    expect(identityOf({ apiVersion: "v1", kind: "A", namespace: "a", name: "b/c" })).not.toBe(
      identityOf({ apiVersion: "v1", kind: "A", namespace: "a/b", name: "c" }),
    );
  });
});
