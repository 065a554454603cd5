import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { ROOT } from "./linters";

/** A step of a job of GitHub Actions. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "continue-on-error"?: boolean;
}

/** A job of GitHub Actions. */
export interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly "runs-on": string;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub Actions. */
export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A step of Azure Pipelines. */
export interface AzureStep {
  readonly bash?: string;
  readonly template?: string;
  readonly checkout?: string;
  readonly task?: string;
  readonly persistCredentials?: boolean;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job of Azure Pipelines. */
export interface AzureJob {
  readonly job: string;
  readonly timeoutInMinutes?: number;
  readonly condition?: string;
  readonly steps: readonly AzureStep[];
}

/** Every workflow, by the name of its file. */
export const WORKFLOWS: ReadonlyMap<string, Workflow> = new Map(
  readdirSync(join(ROOT, ".github/workflows"))
    .sort()
    .map((file) => {
      const text = read(`.github/workflows/${file}`);
      return [file, { ...(load(text) as Omit<Workflow, "file" | "text">), file, text }];
    }),
);

/** The action that jobs set up with. */
export const SETUP = { file: ".github/actions/setup/action.yml", text: read(".github/actions/setup/action.yml") };

/** Steps of the action that jobs set up with. */
export const SETUP_STEPS = (load(SETUP.text) as { readonly runs: { readonly steps: readonly Step[] } }).runs.steps;

/** One workflow. */
export function workflow(file: string): Workflow {
  const found = WORKFLOWS.get(file);
  if (!found) throw new Error(`there is no workflow ${file}`);
  return found;
}

/** All jobs of all workflows, for `it.each`. */
export const JOBS = [...WORKFLOWS.values()].flatMap((each) =>
  Object.entries(each.jobs).map(([id, job]) => ({ file: each.file, id, job })),
);

/** The stages of the Azure pipeline. */
export const AZURE = load(read("azure-pipelines.yml")) as {
  readonly variables: Readonly<Record<string, string>>;
  readonly stages: readonly {
    readonly stage: string;
    readonly condition?: string;
    readonly jobs: readonly AzureJob[];
  }[];
};

/** The jobs of the Azure pipeline, with the steps of their templates in place. */
export const AZURE_JOBS: readonly AzureJob[] = AZURE.stages
  .flatMap(({ jobs }) => jobs)
  .map((job) => ({ ...job, steps: job.steps.flatMap(unfolded) }));

function unfolded(step: AzureStep): readonly AzureStep[] {
  if (step.template === undefined) return [step];
  return (load(read(step.template)) as { readonly steps: readonly AzureStep[] }).steps;
}

/** A file of this repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The commands of scripts, one for each line, without what only tells the platform something. */
export function commandsIn(scripts: readonly (string | undefined)[]): readonly string[] {
  return scripts
    .flatMap((script) => (script ?? "").split("\n"))
    .map((line) => line.trim())
    .filter((line) => !/^(#|echo "(::|##vso)|set -euo pipefail$|.*GITHUB_STEP_SUMMARY)/.test(line) && line !== "");
}
