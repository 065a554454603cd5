import { readdirSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { ROOT } from "./linters";
import { AZURE, AZURE_JOBS, type AzureJob, commandsIn, JOBS, read, SETUP_STEPS, workflow } from "./workflows";

const PULL_REQUEST = workflow("pull-request.yml").jobs;

function azureJob(name: string): AzureJob {
  const job = AZURE_JOBS.find((each) => each.job === name);
  if (!job) throw new Error(`there is no job ${name}`);
  return job;
}

/** Every command that a pipeline runs. */
const COMMANDS = [
  ...JOBS.flatMap(({ job }) => job.steps.map(({ run }) => run)),
  ...AZURE_JOBS.flatMap(({ steps }) => steps.map(({ bash }) => bash)),
];

describe("the commands of the pipelines", () => {
  const said = COMMANDS.join("\n");

  it("are tasks of the Makefile", () => {
    const targets = new Set([...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, target]) => target));
    const used = [...said.matchAll(/\bmake ([a-z-]+)$/gm)].map(([, target]) => target);
    expect(new Set(used)).toEqual(new Set(["setup", "synth", "test", "test-live"]));
    for (const target of used) expect(targets).toContain(target);
  });

  it.each([
    ["package.json", /\bnpm run (\S+)(?! --prefix)(?= |$)/gm, ["diff", "test:unit"]],
    ["infra/package.json", /\bnpm run (\S+) --prefix infra/g, ["record"]],
  ])("are scripts of %s", (file, command, expected) => {
    const { scripts } = JSON.parse(read(file)) as { readonly scripts: Readonly<Record<string, string>> };
    const used = [...said.matchAll(command)].map(([, script]) => script ?? "");
    expect(new Set(used)).toEqual(new Set(expected));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...new Set(used)]));
  });

  it.each([
    ["Render", "render"],
    ["Test", "test"],
    ["Live", "live"],
    ["TestLts", "test-lts"],
    ["Diff", "diff"],
  ])("are the same in Azure Pipelines (%s) and GitHub Actions (%s)", (azure, github) => {
    const commands = commandsIn(azureJob(azure).steps.map(({ bash }) => bash));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands).toEqual(commandsIn(PULL_REQUEST[github]?.steps.map(({ run }) => run) ?? []));
  });

  it("publish the same", () => {
    const pack = workflow("publish.yml").jobs["pack"];
    expect(commandsIn(azureJob("Pack").steps.map(({ bash }) => bash))).toEqual(
      commandsIn(pack?.steps.map(({ run }) => run) ?? []),
    );
  });
});

describe("the versions of the pipelines", () => {
  const [, oldest] = /^OLDEST=(\S+)$/m.exec(read(".ci/run")) ?? [];
  const [, lts] = /^LTS=(\S+)$/m.exec(read(".ci/run")) ?? [];
  const setup = load(read("pipelines/setup.yml")) as {
    readonly parameters: readonly { name: string; default?: unknown }[];
  };
  const go = (text: string) =>
    [...text.matchAll(/^\s*(?:go-)?version: (\d+\.\d+\.\d+)$/gm)].map(([, version]) => version);

  it("of Node are those of .ci/run: the oldest for all, the current one for the tests", () => {
    expect([oldest, lts].every((version) => /^\d+\.\d+\.\d+$/.test(version ?? ""))).toBe(true);
    expect(read(".github/actions/setup/action.yml")).toContain(`default: ${oldest}\n`);
    expect(read(".github/workflows/publish.yml")).toContain(`node-version: ${oldest}\n`);
    expect(setup.parameters.find(({ name }) => name === "node")?.default).toBe(oldest);
    const github = PULL_REQUEST["test-lts"]?.steps.find(({ uses }) => uses?.startsWith("./"))?.with?.["node"];
    const azure = AZURE.stages[0]?.jobs.find(({ job }) => job === "TestLts")?.steps[0]?.parameters?.["node"];
    expect([github, azure]).toEqual([lts, lts]);
  });

  it("of Go are one, and new enough for every tool", () => {
    const versions = new Set(
      [".github/actions/setup/action.yml", ".github/workflows/publish.yml", "pipelines/setup.yml"].flatMap((file) =>
        go(read(file)),
      ),
    );
    expect(versions.size).toBe(1);
    const [version = ""] = versions;
    for (const tool of readdirSync(join(ROOT, "tools"))) {
      const [, needed = ""] = /^go (\S+)$/m.exec(read(`tools/${tool}/go.mod`)) ?? [];
      expect(needed.localeCompare(version, "en", { numeric: true })).toBeLessThanOrEqual(0);
    }
  });

  it("key their caches by what decides their content", () => {
    const keys = [JSON.stringify(SETUP_STEPS), read("pipelines/setup.yml")];
    for (const key of keys)
      for (const file of ["**/package-lock.json", "tools/*/go.mod", "tools/*/go.sum", "tools/*/requirements.txt"])
        expect(key).toContain(file);
  });
});

describe("the Azure pipeline", () => {
  it("ends every job in time, and leaves no credentials in a clone", () => {
    expect(AZURE.variables["CI"]).toBe("true");
    for (const { timeoutInMinutes, steps } of AZURE_JOBS) {
      expect(timeoutInMinutes).toBeGreaterThan(0);
      const clones = steps.filter(({ checkout }) => checkout !== undefined);
      expect(clones.map(({ persistCredentials }) => persistCredentials)).toEqual([false]);
    }
  });

  it("gives its token to one step, which runs for nobody's fork", () => {
    const given = AZURE_JOBS.filter(({ steps }) => JSON.stringify(steps).includes("System.AccessToken"));
    expect(given.map(({ job }) => job)).toEqual(["Comment"]);
    expect(given[0]?.condition).toContain("ne(variables['System.PullRequest.IsFork'], 'True')");
    expect(given[0]?.steps.filter(({ env }) => env?.["SYSTEM_ACCESSTOKEN"])).toHaveLength(1);
    expect(commandsIn(given[0]?.steps.map(({ bash }) => bash) ?? []).join()).toMatch(
      /^node \.github\/scripts\/comment-azure\.cjs "[^"]+"$/,
    );
  });

  it("interpolates no variable into scripts: a branch's name could hold anything", () => {
    for (const { steps } of AZURE_JOBS)
      for (const { bash } of steps)
        expect((bash ?? "").replaceAll("$(seq", "")).not.toMatch(/\$\([A-Z]\w*\.|\$\{\{|\$\[/);
  });
});
