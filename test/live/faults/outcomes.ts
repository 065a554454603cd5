import { measured } from "../measures";
import type { Outcome } from "./inject";
import { killsIn, SERVERS, TARGETS } from "./plan";

/** An outcome for a person who watches. */
export function line({ target, stir, at, then, tooLate, seconds, hurried, alsoEnded, losses }: Outcome): string {
  const parts = [
    [`${target} at ${at.toFixed(2)}`, ...then.map((next) => `${next.target} ${next.after.toFixed(2)} later`)].join(
      ", ",
    ),
    `with ${stir}`,
    tooLate === undefined ? "" : `(had arrived after ${tooLate.toFixed(1)} s)`,
    `${seconds.toFixed(1)} s`,
    hurried ? "hurried" : "",
    alsoEnded.length > 0 ? `ended too: ${alsoEnded.join(", ")}` : "",
    losses.join("; "),
  ];
  return parts.filter(Boolean).join("  ");
}

/** Keeps the figures of all outcomes. */
export function report(outcomes: readonly Outcome[]): void {
  measured("faults", "deliveries disturbed", outcomes.length, "");
  measured("faults", "kill -9 injected", killsIn(outcomes), "");
  measured("faults", "losses", outcomes.flatMap(({ losses }) => losses).length, "");
  const alone = outcomes.filter(({ then }) => then.length === 0);
  for (const target of TARGETS) {
    const own = alone.filter((outcome) => outcome.target === target);
    const patient = own.filter(({ hurried }) => !hurried);
    const hurried = own.filter((outcome) => outcome.hurried);
    spread(`${target} killed${SERVERS.has(target) ? ", Flux left to itself" : ""}`, patient);
    spread(`${target} killed, Flux asked to try again`, hurried);
  }
  spread(
    "several killed",
    outcomes.filter(({ then }) => then.length > 0),
  );
}

function spread(what: string, outcomes: readonly Outcome[]): void {
  const seconds = outcomes.map((outcome) => outcome.seconds).sort((a, b) => a - b);
  if (seconds.length === 0) return;
  measured(
    "faults",
    `${what} (${seconds.length}): median to convergence`,
    seconds[Math.floor(seconds.length / 2)] ?? 0,
    "s",
  );
  measured("faults", `${what} (${seconds.length}): worst to convergence`, seconds.at(-1) ?? 0, "s");
}
