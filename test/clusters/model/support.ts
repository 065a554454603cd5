import { fleet } from "../../../clusters/fleet";
import { checkFleet, type Fleet } from "../../../clusters/model";
import { demo } from "../../../clusters/presets/demo";

/** New values by place, for example `{ "clusters.1.network.nodes": "10.9.0.0/20" }`; `undefined` removes. */
export type Changes = Readonly<Record<string, unknown>>;

/** A copy of a fleet, otherwise valid, with changes. */
export function changed(changes: Changes, base: Fleet = fleet): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(base));
  for (const [place, value] of Object.entries(changes)) {
    const keys = place.split(".");
    const last = keys.pop() as string;
    let owner = copy as Record<string, unknown>;
    for (const key of keys) owner = owner[key] as Record<string, unknown>;
    if (value === undefined) delete owner[last];
    else owner[last] = value;
  }
  return copy;
}

/** One mistake and the one problem that it makes: place, words of the reason, words of the fix. */
export type Case = readonly [title: string, changes: Changes, path: string, reason: string, fix: string, base?: Fleet];

/** One test for each mistake, made in the default fleet unless the case says otherwise. */
export function reports(cases: readonly Case[]): void {
  for (const [title, changes, path, reason, fix, base] of cases) {
    test(title, () => {
      expect(checkFleet(changed(changes, base))).toEqual([
        { path, reason: expect.stringContaining(reason), fix: expect.stringContaining(fix) },
      ]);
    });
  }
}

/** One test for each change that leaves a fleet valid. */
export function accepts(cases: readonly (readonly [title: string, changes: Changes, base?: Fleet])[]): void {
  for (const [title, changes, base] of cases) {
    test(title, () => {
      expect(checkFleet(changed(changes, base))).toEqual([]);
    });
  }
}

/** The places and reasons of the problems that changes make. */
export function problems(changes: Changes, base: Fleet = fleet): readonly string[] {
  return checkFleet(changed(changes, base)).map(({ path, reason }) => `${path} ${reason}`);
}

export { demo, fleet };
