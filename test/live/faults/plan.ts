/** Processes that are killed, by the part of their name after the cluster's. */
export const TARGETS = [
  "source-controller",
  "kustomize-controller",
  "helm-controller",
  "apiserver",
  "etcd",
  "controller-manager",
  "scheduler",
  "kyverno",
] as const;

/** One of them. */
export type Target = (typeof TARGETS)[number];

/** Without them whatever is being reconciled fails, and is tried again only later. */
export const SERVERS: ReadonlySet<Target> = new Set(["apiserver", "etcd", "kyverno"]);

/** What a commit changes beside configuration: nothing, a chart's release, the pods of an application. */
export type Stir = "nothing" | "release" | "pods";

/** One delivery to disturb. */
export interface Injection {
  /** What is killed first. */
  readonly target: Target;
  readonly stir: Stir;
  /** When, as a part of the time that such a delivery takes. */
  readonly at: number;
  /** What is killed after it, each so long after the one before. */
  readonly then: readonly { readonly target: Target; readonly after: number }[];
  /** Whether what failed is asked to try again soon, as a person would. */
  readonly hurried: boolean;
}

/** How often each is the first to be killed in CI: mostly what applies, prunes and stores. */
export const BOUNDED: Readonly<Record<Target, number>> = {
  "source-controller": 2,
  "kustomize-controller": 2,
  "helm-controller": 1,
  apiserver: 1,
  etcd: 1,
  "controller-manager": 1,
  scheduler: 1,
  kyverno: 1,
};

/** How often each is the first to be killed in a full run: with what follows, more than 200 kills. */
export const THOROUGH: Readonly<Record<Target, number>> = {
  "source-controller": 12,
  "kustomize-controller": 16,
  "helm-controller": 10,
  apiserver: 12,
  etcd: 12,
  "controller-manager": 9,
  scheduler: 9,
  kyverno: 9,
};

/** What each has to be about when it is killed; what concerns all gets all in turn. */
const STIRS: Readonly<Record<Target, readonly Stir[]>> = {
  "source-controller": ["nothing"],
  "kustomize-controller": ["nothing", "pods", "nothing", "release"],
  "helm-controller": ["release"],
  apiserver: ["release", "nothing", "pods"],
  etcd: ["pods", "nothing", "release"],
  "controller-manager": ["pods"],
  scheduler: ["pods"],
  kyverno: ["pods", "nothing"],
};

/** The same kills in the same order for the same seed: of each target spread over a delivery, of all targets mixed. */
export function planOf(counts: Readonly<Record<Target, number>>, seed: number): readonly Injection[] {
  const random = randomOf(seed);
  const injections = TARGETS.flatMap((target) =>
    Array.from({ length: counts[target] }, (_, index): Injection => {
      const at = (index + random()) / counts[target];
      const stir = STIRS[target][index % STIRS[target].length] ?? "nothing";
      // Of three deliveries one is disturbed once, to see what each fault costs; the others three times.
      const more = index % 3 === 0 ? [] : [random(), random()];
      const then = more.map((which) => ({
        target: TARGETS[Math.floor(which * TARGETS.length)] ?? target,
        after: random() / 2,
      }));
      const servers = [target, ...then.map((each) => each.target)].some((each) => SERVERS.has(each));
      return { target, stir, at, then, hurried: servers && index % 7 !== 6 };
    }),
  );
  return injections
    .map((injection) => ({ injection, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ injection }) => injection);
}

/** How many processes a plan kills. */
export function killsIn(plan: readonly Pick<Injection, "then">[]): number {
  return plan.reduce((sum, { then }) => sum + 1 + then.length, 0);
}

/** `LIVE_SEED`, else a new one. */
export function seedOf(environment: NodeJS.ProcessEnv): number {
  const given = environment["LIVE_SEED"];
  if (given === undefined || given === "") return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d+$/.test(given)) throw new Error(`LIVE_SEED has to be a whole number, not ${given}`);
  return Number(given);
}

/** Numbers from 0 to below 1 that follow from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
