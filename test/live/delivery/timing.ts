import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Live } from "../../../cli/live/up";
import { until } from "../../../cli/live/wait";
import { runProgram } from "../../../cli/tools/process";
import { change } from "../rig";
import type { Application } from "./application";
import { stateOf } from "./kustomizations";

/** A commit and the seconds until it was Ready, by cluster. */
export interface Timed {
  readonly commit: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/** Pushes a change and measures, from before the commit is made, until each application's component is Ready at it. */
export async function pushTimed(
  live: Live,
  files: Readonly<Record<string, string>>,
  message: string,
  applications: readonly Application[],
): Promise<Timed> {
  const started = performance.now();
  const commit = await change(live, files, message);
  const seconds = await Promise.all(
    applications.map(async ({ plane, component }) => {
      const look = async () => {
        const { ready, revision } = await stateOf(plane, component);
        return ready && revision === commit;
      };
      const explain = async () => (await stateOf(plane, component)).message;
      await until(`${plane.name}: ${component} Ready at ${commit.slice(0, 7)}`, look, { interval: 40, explain });
      return [plane.name, (performance.now() - started) / 1000] as const;
    }),
  );
  return { commit, seconds: Object.fromEntries(seconds) };
}

/** Seconds that `kubectl apply --server-side` takes for one file. Throws when it is refused. */
export async function applyTimed(kubectl: string, { plane }: Application, text: string): Promise<number> {
  const file = join(plane.folder, "by-hand.yaml");
  writeFileSync(file, text);
  const started = performance.now();
  const { code, stderr } = await runProgram(
    kubectl,
    [`--kubeconfig=${plane.kubeconfig}`, "apply", "--server-side", "--field-manager=kustomize-controller", "-f", file],
    { cwd: plane.folder, env: { HOME: plane.folder } },
  );
  if (code !== 0) throw new Error(`kubectl apply: ${stderr.trim()}`);
  return (performance.now() - started) / 1000;
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  if (middle.length === 0) throw new Error("no values have no middle");
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
