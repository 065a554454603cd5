import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyRepository, type Exit, PATIENCE, type Repository, type RunOptions, treeOf, until } from "./repository";

jest.setTimeout(PATIENCE);

type Tree = Readonly<Record<string, string>>;

/** Clusters of the large fleet: enough that a run can be met at any stage. */
const MANY = 16;

let repository: Repository;
let folder: string;
let before: Tree;
let after: Tree;
let large: Tree;

/** A place with the demo fleet's tree in it, which a run then replaces. */
function place(): { readonly folder: string; readonly dist: string; readonly names: () => readonly string[] } {
  const own = mkdtempSync(join(folder, "place-"));
  cpSync(join(folder, "before"), join(own, "dist"), { recursive: true });
  return { folder: own, dist: join(own, "dist"), names: () => readdirSync(own).sort() };
}

beforeAll(async () => {
  repository = copyRepository();
  folder = repository.folder();
  writeFileSync(join(folder, "stub.cjs"), STUB);
  describeLargeFleet();
  const [demo, standard, many] = await Promise.all(
    [
      ["before", "demo"],
      ["after", "default"],
      ["large", "large"],
    ].map(async ([name = "", fleet = ""]) => {
      const exit = await repository.run(["synth", "--no-validate", "--fleet", fleet, "--dist", join(folder, name)]);
      expect(exit).toMatchObject({ code: 0, stderr: "" });
      return treeOf(join(folder, name));
    }),
  );
  [before, after, large] = [demo as Tree, standard as Tree, many as Tree];
});

afterAll(() => repository.remove());

describe("a run that is interrupted", () => {
  const first = (own: string) => staged(own).length > 0;
  const middle = (own: string) => staged(own).length > MANY / 2;
  const rendered = (own: string) => staged(own).length > MANY;

  it.each([
    ["SIGINT", "as soon as something is written", first],
    ["SIGINT", "in the middle of rendering", middle],
    ["SIGINT", "when all is rendered", rendered],
    ["SIGTERM", "in the middle of rendering", middle],
  ] as const)("by %s %s leaves the last tree and nothing else", async (signal, _, isTime) => {
    const { exit, dist, names } = await met(signal, isTime);
    expect(exit).toMatchObject({ code: 130, signal: null, stdout: "" });
    expect(exit.stderr).toContain(`\nInterrupted; ${dist} is as it was.\n`);
    expect(treeOf(dist)).toEqual(before);
    expect(names()).toEqual(["dist"]);
  });
});

describe("an interruption at any single file operation", () => {
  it("leaves the last tree, or wholly the new one, and nothing else", async () => {
    const operations = await countOperations();
    for (const at of [
      1,
      2,
      3,
      Math.round(operations / 2),
      operations - 3,
      operations - 2,
      operations - 1,
      operations,
    ]) {
      const { dist, names } = place();
      const exit = await withSignal("SIGINT", at, dist);
      const tree = treeOf(dist);
      if (exit.code === 0) expect(tree).toEqual(after);
      else {
        expect(exit).toMatchObject({ code: 130, signal: null });
        expect(tree).toEqual(before);
      }
      expect(names()).toEqual(["dist"]);
    }
  });
});

describe("a kill at any single file operation", () => {
  it("leaves a whole tree in its place or beside it, and the next run mends it", async () => {
    const operations = await countOperations();
    let missing = 0;
    for (const at of [1, Math.round(operations / 2), ...lastOf(operations)]) {
      const { dist, names } = place();
      expect(await withSignal("SIGKILL", at, dist)).toMatchObject({ code: null, signal: "SIGKILL" });
      if (!names().includes("dist")) {
        // Even when the next run is interrupted, it has put the tree back.
        expect(await withSignal("SIGINT", 2, dist)).toMatchObject({ code: 130 });
        missing += 1;
      }
      expect([before, after]).toContainEqual(treeOf(dist));
      expect(await repository.run(["synth", "--no-validate", "--dist", dist])).toMatchObject({ code: 0, stderr: "" });
      expect(treeOf(dist)).toEqual(after);
      expect(names()).toEqual(["dist"]);
    }
    expect(missing).toBe(1);
  });
});

it("a kill in the middle of a large fleet is mended by the next run", async () => {
  const { exit, dist, names } = await met("SIGKILL", (own) => staged(own).length > MANY / 2);
  expect(exit.signal).toBe("SIGKILL");
  expect(treeOf(dist)).toEqual(before);
  expect(names()).toHaveLength(2);
  expect((await repository.run(["synth", "--no-validate", "--fleet", "large", "--dist", dist])).code).toBe(0);
  expect(treeOf(dist)).toEqual(large);
  expect(names()).toEqual(["dist"]);
});

/** The clusters, and the mark, of the tree that a run is writing in a place. */
function staged(own: string): readonly string[] {
  const name = readdirSync(own).find((entry) => entry.startsWith("dist.tmp-"));
  try {
    return name ? readdirSync(join(own, name)) : [];
  } catch {
    return [];
  }
}

/** Signals runs of the large fleet at a moment, until one did not come to its end before. */
async function met(signal: NodeJS.Signals, isTime: (own: string) => boolean) {
  for (;;) {
    const { folder: own, dist, names } = place();
    const exit = await repository.run(["synth", "--fleet", "large", "--dist", dist], {
      meanwhile: async (child) => {
        if (await until(child, () => isTime(own))) child.kill(signal);
      },
    });
    if (exit.code !== 0) return { exit, dist, names };
    expect(treeOf(dist)).toEqual(large);
  }
}

/** The last file operations of a run: the two renames, and what clears up before and after them. */
const lastOf = (operations: number): readonly number[] => [4, 3, 2, 1, 0].map((before) => operations - before);

/** How many file operations a run does, so that it can be interrupted at any of them. */
async function countOperations(): Promise<number> {
  const { dist } = place();
  const count = join(folder, "count");
  await withStub(dist, { STUB_COUNT: count });
  return Number(readFileSync(count, "utf8"));
}

function withSignal(signal: NodeJS.Signals, at: number, dist: string): Promise<Exit> {
  return withStub(dist, { STUB_SIGNAL: signal, STUB_AT: String(at) });
}

function withStub(dist: string, env: RunOptions["env"]): Promise<Exit> {
  const options = { node: ["-r", join(folder, "stub.cjs")], env: { ...env, STUB_UNDER: dist } };
  return repository.run(["synth", "--no-validate", "--dist", dist], options);
}

/** Makes a process signal itself just before a certain file operation on its target. */
const STUB = `
  const fs = require("node:fs");
  const { STUB_UNDER, STUB_AT, STUB_SIGNAL, STUB_COUNT } = process.env;
  let count = 0;
  for (const name of ["mkdirSync", "writeFileSync", "renameSync", "rmSync"]) {
    const real = fs[name];
    fs[name] = (path, ...rest) => {
      if (String(path).startsWith(STUB_UNDER) && ++count === Number(STUB_AT)) {
        process.kill(process.pid, STUB_SIGNAL);
        while (STUB_SIGNAL === "SIGKILL");
      }
      return real(path, ...rest);
    };
  }
  if (STUB_COUNT) process.on("exit", () => fs.writeFileSync(STUB_COUNT, String(count)));
`;

/** Adds a preset with many clusters like mgmt to the copy. */
function describeLargeFleet(): void {
  for (let index = 0; index < MANY; index += 1) {
    repository.edit(`clusters/c${index}.ts`, () => 'export { overlay } from "./mgmt";\n');
  }
  repository.edit("clusters/presets/index.ts", (text) =>
    text.replace("default: fleet, demo", "default: fleet, demo, large: large()").concat(`
        function large(): Fleet {
          const [mgmt] = fleet.clusters as any;
          const names = Array.from({ length: ${MANY} }, (_, index) => "c" + index);
          return {
            ...fleet,
            keyVault: { ...fleet.keyVault, secrets: ["kiali-oauth-client-secret"] },
            clusters: names.map((name, index) => ({
              ...mgmt,
              name,
              network: {
                ...mgmt.network,
                vnet: \`10.\${index}.0.0/16\`, nodes: \`10.\${index}.0.0/20\`,
                bastion: index === 0 ? "10.0.100.0/26" : undefined, jumpHost: index === 0 ? "10.0.101.0/28" : undefined,
              },
              mesh: { ingress: { domain: "example.com", hosts: { kiali: \`kiali-\${name}.example.com\` } } },
            })),
            identities: fleet.identities
              .filter((identity) => identity.clusters.includes("mgmt"))
              .map((identity) => ({ ...identity, clusters: names })),
          } as any;
        }
      `),
  );
}
