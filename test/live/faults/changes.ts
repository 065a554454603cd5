import { dump } from "js-yaml";
import { pushedFile } from "../../../cli/live/git";
import type { Live } from "../../../cli/live/up";
import type { Stir } from "./plan";

type Files = Readonly<Record<string, string | undefined>>;

/** Where something changes with each fault: what is applied first, and what waits for nearly all else. */
const PLACES = ["priority-classes", "workloads-ledger"] as const;

const RELEASE = "reloader/helmrelease.flux-system.reloader.yaml";
const DEPLOYMENT = "workloads-ledger/deployment.ledger.ledger.yaml";

/** Commits that give a fault something to lose. Each adds objects, changes some, and removes what the one before has added. */
export class Changes {
  private readonly originals: Readonly<Record<string, string>>;
  private count = 0;

  /** Remembers what it is going to change, so that all of it can be put back. */
  constructor(
    live: Live,
    private readonly cluster: string,
  ) {
    const paths = [RELEASE, DEPLOYMENT].map((path) => this.path(path));
    this.originals = Object.fromEntries(paths.map((path) => [path, pushedFile(live.git, path)]));
  }

  /** Files of the next commit: of each place one added, changed, removed; perhaps a release upgraded or pods replaced. */
  next(stir: Stir): Files {
    this.count += 1;
    const { count } = this;
    return Object.fromEntries([
      ...PLACES.flatMap((place) => [
        [this.file(place, count), object(`fault-${place}-${count}`, count)],
        [this.file(place), object(`fault-${place}`, count)],
        ...(count > 1 ? [[this.file(place, count - 1), undefined]] : []),
      ]),
      ...this.stirred(stir),
    ]);
  }

  /** Files that put everything back. */
  back(): Files {
    const added = PLACES.flatMap((place) => [this.file(place), this.file(place, this.count)]);
    return this.count === 0 ? {} : { ...this.originals, ...Object.fromEntries(added.map((path) => [path, undefined])) };
  }

  private stirred(stir: Stir): readonly (readonly [string, string])[] {
    if (stir === "nothing") return [];
    const path = this.path(stir === "release" ? RELEASE : DEPLOYMENT);
    const text = this.originals[path] ?? "";
    return stir === "release"
      ? [[path, insert(text, /^ {2}values:\n/m, `    fault: "${this.count}"\n`)]]
      : [[path, insert(text, /^ {4}metadata:\n/m, `      annotations: {fault: "${this.count}"}\n`)]];
  }

  private file(place: string, count?: number): string {
    return this.path(`${place}/configmap.ledger.fault-${place}${count === undefined ? "" : `-${count}`}.yaml`);
  }

  private path(path: string): string {
    return `dist/${this.cluster}/${path}`;
  }
}

function object(name: string, count: number): string {
  return dump({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "ledger" },
    data: { count: `${count}` },
  });
}

function insert(text: string, after: RegExp, line: string): string {
  const changed = text.replace(after, (found) => found + line);
  if (changed === text) throw new Error(`there is no ${after.source} to change`);
  return changed;
}
