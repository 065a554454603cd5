import { setTimeout as sleep } from "node:timers/promises";
import { conditionOf } from "../../../cli/live/client";
import { DeliveryError } from "../../../cli/live/deliver";
import { poke, reconcileNow } from "../../../cli/live/flux";
import { pushFiles } from "../../../cli/live/git";
import type { Plane } from "../../../cli/live/plane";
import type { Live } from "../../../cli/live/up";
import { until } from "../../../cli/live/wait";
import { FLUX_NAMESPACE, FLUX_ROOT, FLUX_SOURCE } from "../../../clusters/fleet";
import { arrived } from "../rig";
import type { Changes } from "./changes";
import type { Ledger } from "./ledger";
import type { Injection, Stir } from "./plan";
import type { Supervisor } from "./supervisor";

/** Milliseconds in which everything has to arrive that is asked for again and again. */
const PATIENCE = 600_000;

/** Milliseconds in which it has to arrive by itself: a release is looked at every 10 min, what has waited for it 15 min in vain is tried again. */
const PATIENCE_ALONE = 1_800_000;

const KUSTOMIZE = "kustomize.toolkit.fluxcd.io/v1";
const HELM = "helm.toolkit.fluxcd.io/v2";

/** What faults are injected into. */
export interface Bench {
  readonly live: Live;
  readonly plane: Plane;
  readonly changes: Changes;
  readonly ledger: Ledger;
  readonly supervisor: Supervisor;
}

/** Seconds that undisturbed deliveries take. */
export type Durations = Readonly<Record<Stir, number>>;

/** What came of one fault. */
export interface Outcome extends Injection {
  readonly commit: string;
  /** Seconds after which everything was Ready before anything was killed. @default it was disturbed */
  readonly tooLate?: number;
  /** Seconds from the first kill until everything was Ready at the commit again. */
  readonly seconds: number;
  /** What else ended of itself and was started again. */
  readonly alsoEnded: readonly string[];
  /** What is not as it has to be. */
  readonly losses: readonly string[];
}

/** Pushes the next change and tells Flux, as a webhook would. Only this cluster: the others have no part in it. */
export async function pushNext({ live, plane, changes }: Bench, stir: Stir = "nothing"): Promise<string> {
  const commit = await pushFiles(live.git, changes.next(stir), "A change for a fault to disturb");
  await poke(plane);
  return commit;
}

/** Seconds that an undisturbed delivery of such a change takes. */
export async function undisturbed(bench: Bench, stir: Stir): Promise<number> {
  const commit = await pushNext(bench, stir);
  const started = performance.now();
  await arrived(bench.live, commit, [bench.plane]);
  return (performance.now() - started) / 1000;
}

/** Kills a process while a change is being delivered, and waits until everything is as the repository has it. */
export async function inject(bench: Bench, injection: Injection, durations: Durations): Promise<Outcome> {
  const { live, plane, supervisor } = bench;
  const duration = durations[injection.stir] * 1000;
  const seen = supervisor.restarts.length;
  const commit = await pushNext(bench, injection.stir);
  const pushed = performance.now();
  let took: number | undefined;
  const timeout = injection.hurried ? PATIENCE : PATIENCE_ALONE;
  const first = arrived(live, commit, [plane], { timeout }).then(() => {
    took = (performance.now() - pushed) / 1000;
  });
  // Its end is waited for below; until then a failure must not end the process.
  first.catch(() => {});
  await sleep(injection.at * duration);
  const tooLate = took;
  const started = performance.now();
  await supervisor.kill(`${plane.name}-${injection.target}`);
  for (const { target, after } of injection.then) {
    await sleep(after * duration);
    await supervisor.kill(`${plane.name}-${target}`);
  }
  await supervisor.allUp();
  await until(`the API server of ${plane.name}`, () => plane.client.isReady());
  const killed: readonly string[] = [injection.target, ...injection.then.map(({ target }) => target)];
  if (injection.hurried) await hurry(bench, commit);
  await first;
  await arrived(live, commit, [plane]);
  const seconds = (performance.now() - started) / 1000;
  const losses = await lossesOf(bench.ledger);
  const alsoEnded = supervisor.restarts.slice(seen).map(({ name }) => name.slice(plane.name.length + 1));
  return {
    ...injection,
    commit,
    ...(tooLate !== undefined && { tooLate }),
    seconds,
    losses,
    alsoEnded: alsoEnded.filter((name) => !killed.includes(name)),
  };
}

/**
 * Asks again for what has failed, as an operator may with `flux reconcile`: Flux's own next try is a minute away (`retryInterval`), too long
 * for so many faults. Those that are not hurried show that it comes.
 */
async function hurry({ live, plane }: Bench, commit: string): Promise<void> {
  for (const end = performance.now() + PATIENCE; ; ) {
    try {
      await arrived(live, commit, [plane], { timeout: 8000 });
      return;
    } catch (error) {
      if (!(error instanceof DeliveryError) || performance.now() > end) throw error;
      const names = error.missing.map(({ component }) =>
        component === FLUX_ROOT ? `${FLUX_SOURCE}-${FLUX_ROOT}` : component,
      );
      // One that cannot be asked now is asked next time.
      await Promise.allSettled([
        ...names.map((name) => reconcileNow(plane, KUSTOMIZE, "Kustomization", name)),
        ...(await failedReleases(plane)).map((name) => reconcileNow(plane, HELM, "HelmRelease", name)),
      ]);
    }
  }
}

/** Names of the releases that helm-controller calls not ready. */
async function failedReleases({ client }: Plane): Promise<readonly string[]> {
  const releases = await client.list(HELM, "HelmRelease", FLUX_NAMESPACE).catch(() => []);
  return releases
    .filter((release) => conditionOf(release, "Ready")?.status === "False")
    .map(({ metadata }) => metadata.name);
}

/** What is wrong and stays so: the garbage collector may still be at what was deleted a moment ago. */
export async function lossesOf(ledger: Ledger): Promise<readonly string[]> {
  let losses: readonly string[] = [];
  await until(
    "nothing lost and nothing left over",
    async () => {
      losses = await ledger.losses();
      return losses.length === 0;
    },
    { timeout: 10_000 },
  ).catch((error: Error) => {
    if (losses.length === 0) throw error;
  });
  return losses;
}
