import type { Plane } from "../../../cli/live/plane";
import { measured } from "../measures";
import { type Answer, askToCreate } from "./ask";
import { goodPod } from "./corpus";

const ROUNDS = 30;

/** Records what admission costs: of all answers, and of a pod where the policies look and where they do not. */
export async function measuredAnswers(
  plane: Plane,
  registry: string,
  namespace: string,
  answers: readonly Answer[],
): Promise<void> {
  const part = `admission ${plane.name}`;
  measured(part, `all ${answers.length} requests, median`, quantile(times(answers), 0.5), "ms");
  measured(part, `all ${answers.length} requests, 95 of 100 within`, quantile(times(answers), 0.95), "ms");
  for (const [what, where] of [
    ["a pod that Kyverno judges", namespace],
    ["a pod that it does not", "kube-public"],
  ] as const) {
    const asked: Answer[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      asked.push(await askToCreate(plane.client, goodPod(where, registry, `pace-${round}`)));
    }
    measured(part, `${what}, median`, quantile(times(asked), 0.5), "ms");
    measured(part, `${what}, 95 of 100 within`, quantile(times(asked), 0.95), "ms");
  }
}

function times(answers: readonly Answer[]): readonly number[] {
  return answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
