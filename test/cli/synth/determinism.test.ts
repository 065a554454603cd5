import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { copyRepository, PATIENCE, type Repository, type RunOptions, runNode, treeOf } from "./repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
let folder: string;
let expected: Readonly<Record<string, string>>;

async function render(from: Repository, options: RunOptions = {}): Promise<Readonly<Record<string, string>>> {
  const dist = mkdtempSync(join(folder, "dist-"));
  const exit = await from.run(["synth", "--no-validate", "--dist", dist], options);
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  return treeOf(dist);
}

beforeAll(async () => {
  repository = copyRepository();
  folder = repository.folder();
  expected = await render(repository);
  expect(Object.keys(expected).length).toBeGreaterThan(100);
});

afterAll(() => repository.remove());

describe("the same bytes", () => {
  it("in a second run", async () => {
    expect(await render(repository)).toEqual(expected);
  });

  it("in another directory, whose name holds anything", async () => {
    const other = copyRepository("a b/ä#%20'$(x)");
    try {
      expect(await render(other)).toEqual(expected);
    } finally {
      other.remove();
    }
  });

  it("under another locale and time zone", async () => {
    const env = { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", LANGUAGE: "tr", TZ: "Pacific/Kiritimati" };
    const probe = "const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions(); console.log(locale, timeZone)";
    expect((await runNode(["-e", probe], folder, { env })).stdout).toBe("tr-TR Pacific/Kiritimati\n");
    expect(await render(repository, { env })).toEqual(expected);
  });

  it("with cdk8s told otherwise by the environment", async () => {
    const env = {
      CDK8S_DISABLE_SORT: "1",
      CDK8S_LEGACY_HASH: "1",
      CDK8S_RECORD_CONSTRUCT_METADATA: "true",
      CDK8S_OUTDIR: join(folder, "elsewhere"),
      CDK8S_OUTPUT: join(folder, "elsewhere"),
    };
    expect(await render(repository, { env })).toEqual(expected);
  });

  it("with one core and little memory", async () => {
    const node = ["--max-old-space-size=96", "--v8-pool-size=0"];
    expect(await render(repository, { node, env: { UV_THREADPOOL_SIZE: "1" } })).toEqual(expected);
  });

  it("which tell nothing of where and when they were rendered", () => {
    const all = Object.values(expected).join("\n");
    expect(all).not.toContain(folder);
    expect(all).not.toContain(repository.root);
    expect(all).not.toMatch(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/);
    expect(all).not.toContain("\r");
  });
});
