import { memoryOfAll } from "../../cli/live/memory";
import { Phases } from "../../cli/live/phases";
import { type Plane, startPlane } from "../../cli/live/plane";
import { findPrograms } from "../../cli/live/programs";
import { settle } from "../../cli/live/settle";
import { createState, stateFolder } from "../../cli/live/state";
import { bringUp, LIVE_PROGRAMS, takeDown } from "../../cli/live/up";
import { askedOf, furnish, minorOf, requestedDeprecated } from "./faults/rehearsal";
import { measured } from "./measures";
import { FULL, place, ROOT } from "./place";
import { handed, pushedTree } from "./pushed";
import { rig } from "./rig";

/** What Kubernetes' own controllers ask for of old: it is theirs to stop. */
const OWN = ["v1/endpoints"];

/** Deprecated on purpose: a kind, and a field that is an annotation. */
const OLD = [
  {
    file: "endpoints.yaml",
    object: { apiVersion: "v1", kind: "Endpoints", metadata: { name: "old", namespace: "default" }, subsets: [] },
  },
  {
    file: "pod.yaml",
    object: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: "old",
        namespace: "default",
        annotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" },
      },
      spec: { containers: [{ name: "old", image: "mcr.microsoft.com/oss/kubernetes/pause:3.10" }] },
    },
  },
];

describe("upgrade rehearsal", () => {
  const live = rig();
  const planes = FULL ? live.planes : live.planes.slice(-1);
  const own = stateFolder(`${place().path}-rehearsal`);
  const say = (line: string) => process.stderr.write(`${line}\n`);

  beforeEach(() => takeDown(own));
  afterAll(() => takeDown(own));

  it("what is deprecated is noticed", async () => {
    const [plane] = planes;
    const { deprecated } = await askedOf((plane as Plane).client, OLD);
    expect(deprecated).toEqual([
      expect.stringMatching(/^endpoints.yaml: v1 Endpoints is deprecated/),
      expect.stringMatching(/^pod.yaml: .*seccomp.*non-functional/),
    ]);
    expect(await requestedDeprecated((plane as Plane).client)).toContain("v1/endpoints");
  });

  it("the minor before takes every object", async () => {
    const programs = await findPrograms(LIVE_PROGRAMS, { root: ROOT, note: say });
    const [first] = planes;
    const before = olderThan(await minorOf((first as Plane).client));
    createState(own);
    for (const plane of planes) {
      const old = await startPlane(own, plane.name, programs, { emulatedVersion: before });
      await furnish(old.client, plane.client);
      expect(await minorOf(old.client)).toBe(before);
      const tree = pushedTree(live.git.clone, plane.name, await handed(plane));
      const { objects, refused, deprecated } = await askedOf(old.client, tree);
      expect({ refused, deprecated }).toEqual({ refused: [], deprecated: [] });
      measured("upgrade", `${plane.name}: objects that ${before} takes`, objects, "");
    }
  });

  (FULL ? it : it.skip).each(planes.map(({ name }) => name))(
    "%s: the next minor takes every object, and all of it becomes Ready there (full run)",
    async (cluster) => {
      const plane = live.planes.find(({ name }) => name === cluster) as Plane;
      const { "kube-apiserver-next": next } = await findPrograms(["kube-apiserver-next"], { root: ROOT, note: say });
      const programs = { ...(await findPrograms(LIVE_PROGRAMS, { root: ROOT, note: say })), "kube-apiserver": next };
      const variables = { [cluster]: await handed(plane) };
      const phases = new Phases();
      const inputs = { preset: "default", root: ROOT, clusters: [cluster], programs, variables, phases };
      const rehearsal = await bringUp(own, inputs);
      const [there] = rehearsal.planes as [Plane];
      const minor = await minorOf(there.client);
      expect(olderThan(minor)).toBe(await minorOf(plane.client));
      const arrivals = await settle(rehearsal, rehearsal.commit, { kyverno: programs.kyverno });
      measured("upgrade", `${cluster} on ${minor}: Kustomizations Ready`, arrivals.length, "");
      measured("upgrade", `${cluster} on ${minor}: from nothing to all Ready`, phases.elapsed, "s");
      const { objects, refused, deprecated } = await askedOf(
        there.client,
        pushedTree(rehearsal.git.clone, cluster, await handed(there)),
      );
      measured("upgrade", `${cluster} on ${minor}: objects taken`, objects - refused.length, "");
      measured("upgrade", `${cluster} on ${minor}: objects with something deprecated`, deprecated.length, "");
      expect({ refused, deprecated }).toEqual({ refused: [], deprecated: [] });
      // Also what charts bring, and what Flux and Kyverno themselves ask for.
      expect((await requestedDeprecated(there.client)).filter((api) => !OWN.includes(api))).toEqual([]);
      measured("upgrade", `${cluster} on ${minor}: memory of all processes`, await memoryOfAll(own), "MiB");
    },
    900_000,
  );
});

function olderThan(version: string): string {
  const [major, minor] = version.split(".").map(Number);
  return `${major}.${(minor ?? 0) - 1}`;
}
