import fc from "fast-check";
import { load } from "js-yaml";
import { toYaml } from "../../../base/yaml";
import { runKubeconform } from "../../../cli/kubeconform";
import { validateTree } from "../../../cli/validate";
import { checkInProcess } from "../../../cli/validate/builtin";
import { readTree } from "../../../cli/validate/tree";
import { withFolder } from "../folder";
import { PATIENCE, realKubeconform } from "../kubeconform/real";
import { GOOD } from "./corpus/good";

const SCHEMAS = "imports/schemas";
let program: string | undefined;
beforeAll(async () => {
  program = await realKubeconform();
}, PATIENCE);

type Mutable = Record<string, unknown>;

/** Every place inside a manifest, as the object or list that holds it and its key there. */
function places(value: unknown, found: [Mutable, string][] = []): [Mutable, string][] {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, child] of Object.entries(value)) {
    found.push([value as Mutable, key]);
    places(child, found);
  }
  return found;
}

const value = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e21, "", "1", "x", "25%", "1Gi", "安녕", [], {}, ["x"], { x: "y" }),
  fc.jsonValue({ maxDepth: 2 }),
);
const change = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("remove", "replace", "add"),
  key: fc.constantFrom("name", "spec", "x", "type", "constructor", "__proto__", "toString"),
  value,
});
const mutant = fc
  .record({
    manifest: fc.constantFrom(...Object.values(GOOD)),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  })
  .map(({ manifest, changes }) => {
    const object = structuredClone(load(manifest)) as Mutable;
    for (const { at, how, key, value: shared } of changes) {
      const value = structuredClone(shared);
      const all = places(object);
      const [holder, name] = all[at % all.length] ?? [object, "kind"];
      if (how === "replace") holder[name] = value;
      else if (how === "add")
        Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
      else if (Array.isArray(holder)) holder.splice(Number(name), 1);
      else delete holder[name];
    }
    return toYaml(object);
  });

test(
  "the engines agree on whatever is done to a good manifest",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutant, { minLength: 100, maxLength: 200 }), async (mutants) => {
        if (!program) return;
        const options = { program, schemas: SCHEMAS };
        const files = Object.fromEntries(mutants.map((yaml, index) => [`${index}.yaml`, yaml]));
        await withFolder(files, async (folder) => {
          const builtin = await checkInProcess(readTree(folder).manifests, SCHEMAS);
          const kubeconform = await runKubeconform(folder, options);
          const refused = ({ findings }: typeof builtin) =>
            [...new Set(findings.map(({ file }) => file))].sort().map((file) => files[file]);
          expect(refused(builtin)).toEqual(refused(kubeconform));
        });
      }),
      { numRuns: 8 },
    );
  },
  PATIENCE,
);

const PIECES = [
  "\n",
  " ",
  "\t",
  ": ",
  "- ",
  "? ",
  "&a ",
  "*a",
  "{",
  "}",
  "[",
  "]",
  "|",
  ">",
  "---\n",
  "...\n",
  "!!x ",
  "'",
  '"',
  "\\",
  "#",
  "%",
  "kind",
  "<<",
  "\u0000",
  "\u0085",
  "\ufeff",
];
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES)).map((pieces) => Buffer.from(pieces.join(""))),
);

test.each(["kubeconform", "builtin"] as const)(
  "garbage is never taken and never ends the run (%s)",
  async (engine) => {
    if (engine === "kubeconform" && !program) return;
    await fc.assert(
      fc.asyncProperty(fc.array(garbage, { minLength: 1, maxLength: 100 }), async (contents) => {
        const names = contents.map((_, index) => `c/x/${index}.yaml`);
        await withFolder(
          Object.fromEntries(contents.map((content, index) => [names[index], content])),
          async (folder) => {
            const { findings, exitCode } = await validateTree(folder, { engine, note: () => {} });
            expect(exitCode).toBe(1);
            expect([...new Set(findings.map(({ file }) => file))].sort()).toEqual([...names].sort());
          },
        );
      }),
      { numRuns: 20 },
    );
  },
  PATIENCE,
);
