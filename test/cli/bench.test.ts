import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { copyRepository, PATIENCE, type Repository } from "./synth/repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
beforeAll(() => {
  repository = copyRepository();
});
afterAll(() => repository.remove());

it("measures fleets of each size, in a table and as JSON, and leaves nothing else", async () => {
  const cwd = repository.folder();
  const args = ["bench", "--sizes", "1,3", "--runs", "1", "--no-peers", "--json", "reports/bench.json"];
  const exit = await repository.run(args, { cwd });
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  expect(exit.stdout).toMatch(
    /^Node \d+\.\d+\.\d+, 1 runs, medians\n\nCLUSTERS +OBJECTS +SECONDS +PEAK MEMORY +MS PER CLUSTER\n/,
  );
  const report = JSON.parse(readFileSync(join(cwd, "reports", "bench.json"), "utf8"));
  const size = (clusters: number) => ({
    clusters,
    objects: expect.any(Number),
    seconds: expect.any(Number),
    peakMiB: expect.any(Number),
  });
  expect(report).toEqual({ node: process.versions.node, runs: 1, sizes: [size(1), size(3)], peers: [] });
  expect(report.sizes[1].objects).toBeGreaterThan(report.sizes[0].objects);
  expect(readdirSync(join(repository.root, "build")).filter((name) => !/^bench[-.]\w+\.(cjs|json)/.test(name))).toEqual(
    [],
  );
});

it.each(["--sizes=0", "--sizes=1,x", "--runs=-1", "--runs=1.5"])("refuses %s", async (arg) => {
  const exit = await repository.run(["bench", arg]);
  expect(exit).toMatchObject({ code: 2, stdout: "" });
  expect(exit.stderr).toContain("--sizes and --runs take positive whole numbers");
});
