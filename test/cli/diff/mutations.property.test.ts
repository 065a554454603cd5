import fc from "fast-check";
import { load } from "js-yaml";
import { toYaml } from "../../../base/yaml";
import { renderedFiles } from "../../../cli/diff/sources/render";
import { overlayOf } from "../../../clusters/overlays";
import { loadPreset } from "../../../main";
import { compareFiles } from "./trees";

type Json = Record<string, unknown>;
type Place = readonly (string | number)[];

const files = renderedFiles(loadPreset("default"), overlayOf);
const paths = [...files.keys()].filter((path) => path.endsWith(".yaml"));

/** Every place in a value, the value itself left out. */
function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return entries.flatMap(([key, inner]): Place[] => [[...at, key], ...placesIn(inner, [...at, key])]);
}

function parentOf(root: unknown, place: Place): Record<string | number, unknown> | unknown[] {
  return place.slice(0, -1).reduce<unknown>((value, key) => (value as Json)[key as string], root) as Json;
}

interface Mutation {
  readonly what: "remove" | "replace" | "add" | "reverse" | "duplicate";
  readonly seed: number;
  readonly value: unknown;
}

/** Changes one thing in an object; undefined where the mutation changes nothing. */
function mutate(text: string, { what, seed, value }: Mutation): string | undefined {
  const object = load(text) as Json;
  // What an object is, is for the tests of added and removed ones.
  const places = placesIn(object).filter(
    (place) =>
      !["apiVersion", "kind"].includes(String(place[0])) &&
      place.join(".") !== "metadata" &&
      !/^metadata\.(name|namespace)$/.test(place.join(".")),
  );
  const place = places[seed % places.length] as Place;
  const parent = parentOf(object, place);
  const key = place.at(-1) as string | number;
  const old = (parent as Json)[key as string];
  if (what === "remove") {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete (parent as Json)[key as string];
  } else if (what === "add") {
    if (Array.isArray(parent)) parent.splice(Number(key), 0, value);
    else (parent as Json)[`${key}-more`] = value;
  } else if (what === "reverse") {
    if (!Array.isArray(old) || JSON.stringify(old) === JSON.stringify([...old].reverse())) return undefined;
    old.reverse();
  } else if (what === "duplicate") {
    if (!Array.isArray(old) || old.length === 0) return undefined;
    old.push(structuredClone(old[0]));
  } else {
    if (JSON.stringify(old) === JSON.stringify(value)) return undefined;
    (parent as Json)[key as string] = value;
  }
  return toYaml(object);
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom("remove", "replace", "add", "reverse", "duplicate"),
  seed: fc.nat(),
  value: fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant({ a: 1 }),
    fc.constant([]),
    fc.constant({}),
  ),
});

describe("no false negatives", () => {
  it("reports nothing of the fleet compared with itself", async () => {
    const { summary, changes, findings, clusters } = await compareFiles(files, new Map(files));
    expect({ verdict: summary.verdict, changes, findings, clusters }).toEqual({
      verdict: "clean",
      changes: [],
      findings: [],
      clusters: [],
    });
  });

  it("reports any change to any object of the fleet", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), mutation, async (path, change) => {
        const text = mutate(files.get(path) ?? "", change);
        fc.pre(text !== undefined && text !== files.get(path));
        const result = await compareFiles(files, new Map(files).set(path, text ?? ""));
        expect(result.summary.objects.all).toBe(1);
        expect(result.changes).toHaveLength(1);
        const [one] = result.changes;
        expect(one?.files).toEqual([path]);
        expect(one?.fields.length).toBeGreaterThan(0);
        expect(one?.effects.length).toBeGreaterThan(0);
        // Every change has a finding, at least of what became of it.
        expect(result.findings.some(({ change: id }) => id === one?.id)).toBe(true);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  it("reports any object that is gone, and any that is new", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), async (path) => {
        const less = new Map(files);
        less.delete(path);
        const gone = await compareFiles(files, less);
        expect(gone.changes.map(({ status, files: own }) => [status, own])).toEqual([["removed", [path]]]);
        const come = await compareFiles(less, files);
        expect(come.changes.map(({ status, files: own }) => [status, own])).toEqual([["added", [path]]]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("reports any object that moves to another component", async () => {
    const movable = paths.filter((path) => !path.includes("/flux-system/"));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...movable), async (path) => {
        const [cluster, component, file] = path.split("/");
        const target = component === "night" ? "secrets" : "night";
        const moved = new Map(files).set(`${cluster}/${target}/${file}`, files.get(path) ?? "");
        moved.delete(path);
        const result = await compareFiles(files, moved);
        expect(result.changes).toMatchObject([
          { status: "moved", component: target, was: { component }, clusters: [cluster] },
        ]);
        expect(result.findings.some(({ rule }) => rule.startsWith("move/"))).toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
