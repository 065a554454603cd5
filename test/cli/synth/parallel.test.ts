import { cpSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { copyRepository, PATIENCE, type Repository, runNode, treeOf } from "./repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
let folder: string;
let other: string;
let expected: Readonly<Record<string, string>>;

beforeAll(async () => {
  repository = copyRepository();
  folder = repository.folder();
  const dist = join(folder, "expected");
  other = join(folder, "other");
  // On an empty build folder, so that both bundle at the same time, too.
  const [exit, demo] = await Promise.all([
    repository.run(["synth", "--dist", dist]),
    repository.run(["synth", "--dist", other, "--fleet", "demo"]),
  ]);
  expect([exit.code, demo.code]).toEqual([0, 0]);
  expected = treeOf(dist);
});

afterAll(() => repository.remove());

/** Runs all at once, and holds that each succeeds and that the folder's neighbours are as before. */
async function together(place: string, ...runs: readonly (readonly string[])[]): Promise<void> {
  const dist = join(place, "dist");
  const exits = await Promise.all(runs.map((args) => repository.run(["synth", "--dist", dist, ...args])));
  expect(exits).toEqual(exits.map(() => expect.objectContaining({ code: 0 })));
  expect(readdirSync(place)).toEqual(["dist"]);
}

it("two runs at once into a new folder, validated, both succeed and leave one whole tree", async () => {
  const place = mkdtempSync(join(folder, "place-"));
  await together(place, [], []);
  expect(treeOf(join(place, "dist"))).toEqual(expected);
});

it("four runs at once over another tree all succeed and leave one whole tree", async () => {
  const place = mkdtempSync(join(folder, "place-"));
  cpSync(other, join(place, "dist"), { recursive: true });
  const fast = ["--no-validate"];
  await together(place, fast, fast, fast, fast);
  expect(treeOf(join(place, "dist"))).toEqual(expected);
});

it("runs of two fleets at once into one folder leave one of both, whole", async () => {
  const place = mkdtempSync(join(folder, "place-"));
  mkdirSync(join(place, "dist"));
  const demo = ["--no-validate", "--fleet", "demo"];
  await together(place, ["--no-validate"], demo, ["--no-validate"], demo);
  expect([expected, treeOf(other)]).toContainEqual(treeOf(join(place, "dist")));
});

// Whole runs meet at the moment of the swap only now and then; small trees meet all the time.
it("hundreds of small trees swapped in by four processes at once all get there whole", async () => {
  const place = mkdtempSync(join(folder, "place-"));
  const program = join(place, "..", "swaps.cjs");
  buildSync({
    stdin: { contents: SWAPS, resolveDir: repository.root, loader: "ts" },
    outfile: program,
    bundle: true,
    platform: "node",
  });
  const dist = join(place, "dist");
  const exits = await Promise.all(["a", "b", "c", "d"].map((name) => runNode([program, dist, name, "150"], place)));
  expect(exits).toEqual(exits.map(() => expect.objectContaining({ code: 0, stderr: "" })));
  expect(readdirSync(place)).toEqual(["dist"]);
  const values = Object.entries(treeOf(dist)).filter(([path]) => path.startsWith("c/"));
  expect(values).toHaveLength(5);
  expect(new Set(values.map(([, yaml]) => /value: (\w+)/.exec(yaml)?.[1])).size).toBe(1);
});

const SWAPS = `
  import { stageTree } from "./cli/tree/write";
  import { swapIn } from "./cli/tree/swap";
  const [target, name, times] = process.argv.slice(2);
  (async () => {
    for (let turn = 0; turn < Number(times); turn += 1) {
      const objects = Array.from({ length: 5 }, (_, index) => ({
        apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" + index }, data: { value: name + turn },
      }));
      swapIn(await stageTree(target, [{ name: "c", components: [{ name: "a", objects }] }]), target);
    }
  })();
`;

it("leaves no half-made file in build", () => {
  expect(readdirSync(join(repository.root, "build")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
