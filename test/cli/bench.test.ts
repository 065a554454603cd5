import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { leftOut } from "../../cli/bench/measure";
import { copyRepository, PATIENCE, type Repository } from "./synth/repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
beforeAll(() => {
  repository = copyRepository();
});
afterAll(() => repository.remove());

it("measures rendering fleets of each size, in a table and as JSON, and leaves nothing else", async () => {
  const cwd = repository.folder();
  const args = [
    "bench",
    "--only",
    "render",
    "--sizes",
    "1,3",
    "--runs",
    "1",
    "--no-peers",
    "--json",
    "reports/bench.json",
  ];
  const exit = await repository.run(args, { cwd });
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  expect(exit.stdout).toMatch(
    /^Node \d+\.\d+\.\d+, 1 runs, medians(, without NODE_EXTRA_CA_CERTS)?\n\nCLUSTERS +OBJECTS +SECONDS +PEAK MEMORY +MS PER CLUSTER\n/,
  );
  const report = JSON.parse(readFileSync(join(cwd, "reports", "bench.json"), "utf8"));
  const size = (clusters: number) => ({
    clusters,
    objects: expect.any(Number),
    seconds: expect.any(Number),
    peakMiB: expect.any(Number),
  });
  expect(report).toEqual({ node: process.versions.node, runs: 1, unset: leftOut(), sizes: [size(1), size(3)] });
  expect(report.sizes[1].objects).toBeGreaterThan(report.sizes[0].objects);
  expect(leftovers()).toEqual([]);
});

it("measures comparing fleets of each size", async () => {
  const cwd = repository.folder();
  const args = ["bench", "--only=diff", "--sizes=2", "--runs=1", "--no-peers", "--json=diff.json"];
  const exit = await repository.run(args, { cwd });
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  expect(exit.stdout).toMatch(/\n\nCLUSTERS +OBJECTS +DIFF OF FOLDERS +DIFF OF COMMITS\n +2 /);
  expect(JSON.parse(readFileSync(join(cwd, "diff.json"), "utf8"))).toEqual({
    node: process.versions.node,
    runs: 1,
    unset: leftOut(),
    diff: {
      sizes: [{ clusters: 2, objects: expect.any(Number), folders: expect.any(Number), commits: expect.any(Number) }],
      peers: [],
      leftOut: [],
    },
  });
  expect(leftovers()).toEqual([]);
});

function leftovers(): readonly string[] {
  const names = readdirSync(join(repository.root, "build"));
  return names.filter((name) => !/^(bench|diff)[-.]\w+\.(cjs|json)/.test(name));
}

it.each([
  [["--sizes=0"], "--sizes and --runs take positive whole numbers"],
  [["--sizes", "1,x"], "--sizes and --runs take positive whole numbers"],
  [["--runs", "-1"], "--sizes and --runs take positive whole numbers"],
  [["--runs=1.5"], "--sizes and --runs take positive whole numbers"],
  [["--only", "draw"], 'there is no part "draw"; there are render, diff, goals'],
  [["--fast"], "Unknown option '--fast'"],
  [["3"], "Unexpected argument '3'"],
])("refuses %j", async (args, message) => {
  const exit = await repository.run(["bench", ...args]);
  expect(exit).toMatchObject({ code: 2, stdout: "" });
  expect(exit.stderr).toContain(message);
  expect(exit.stderr).toContain("Usage: npm run bench");
  expect(exit.stderr).not.toContain("    at ");
});

it("says what it can do", async () => {
  const exit = await repository.run(["bench", "--help"]);
  expect(exit).toMatchObject({ code: 0, stderr: "" });
  expect(exit.stdout).toMatch(/^Measures rendering and comparing/);
});
