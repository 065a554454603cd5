import { join } from "node:path";
import type { Plane } from "../../cli/live/plane";
import { findPrograms } from "../../cli/live/programs";
import { runProgram } from "../../cli/tools/process";
import { FLUX_NAMESPACE, FLUX_SOURCE } from "../../clusters/fleet";
import { type Application, applicationClusters, applicationOn } from "./delivery/application";
import { exchanged, kept, patched } from "./delivery/edit";
import { heldObjects, type Objects, touched } from "./delivery/objects";
import { applyTimed, median, pushTimed } from "./delivery/timing";
import { measured } from "./measures";
import { FULL, ROOT } from "./place";
import { arrived, change, rig } from "./rig";

const PART = "push to deploy";
const RUNS = FULL ? 11 : 5;
const NOTE = "aks-fleet.example.com/pushed";

describe("push to deploy", () => {
  const live = rig();
  const applications = applicationClusters(live).map((cluster) => applicationOn(live, cluster));
  const shared = live.planes.map(({ name }) => `dist/${name}/priority-classes/priorityclass.application.yaml`);
  const files = kept(live, ...applications.flatMap(({ deployment, policy }) => [deployment, policy]), ...shared);

  afterAll(async () => arrived(live, await change(live, files, "As it was")));

  /** All objects of all clusters, by cluster. */
  async function everywhere(): Promise<ReadonlyMap<string, Objects>> {
    return new Map(
      await Promise.all(live.planes.map(async (plane) => [plane.name, await heldObjects(plane)] as const)),
    );
  }

  /** What a comparison finds on each cluster. */
  async function touchedSince(before: ReadonlyMap<string, Objects>): Promise<object> {
    const after = await everywhere();
    const empty: Objects = new Map();
    return Object.fromEntries(
      [...after].map(([cluster, objects]) => [cluster, touched(before.get(cluster) ?? empty, objects)]),
    );
  }

  const nothing = Object.fromEntries(live.planes.map(({ name }) => [name, [] as readonly string[]]));

  it.each(applications)(
    "a change of $name reaches $plane.name, and touches no object of another cluster",
    async (app) => {
      // With a single plane there would be no other cluster to leave alone.
      if (live.planes.length < 2) throw new Error("this needs two clusters; LIVE_CLUSTERS names one");
      const before = await everywhere();
      const commit = await change(live, patched(live, app.deployment, note("one")), `${app.name}: a note`);
      // Every Kustomization of every cluster has looked at the commit by then.
      await arrived(live, commit);
      const only = { ...nothing, [app.plane.name]: [`${app.name}/Deployment/${app.name}`] };
      expect(await touchedSince(before)).toEqual(only);
      const deployment = await app.plane.client.get("apps/v1", "Deployment", app.name, app.name);
      expect(deployment?.metadata.annotations?.[NOTE]).toBe("one");
    },
  );

  it("a change of what clusters share reaches all, and nothing else changes", async () => {
    const before = await everywhere();
    const text = Object.assign({}, ...shared.map((file) => patched(live, file, { description: "Pushed" })));
    await arrived(live, await change(live, text, "A shared change"));
    const each = ["/PriorityClass/application"];
    expect(await touchedSince(before)).toEqual(Object.fromEntries(live.planes.map(({ name }) => [name, each])));
  });

  it("what lies beside dist is not packed for the clusters", async () => {
    const files = { "package.json": "{}", "clusters/fleet.ts": "", "imports/dist/k8s.ts": "" };
    const commit = await change(live, files, "Sources");
    await arrived(live, commit);
    for (const plane of live.planes) {
      const packed = await packedFor(plane, commit);
      expect(packed.filter((file) => !file.startsWith("dist/"))).toEqual([]);
      expect(packed).toContain(`dist/${plane.name}/priority-classes/priorityclass.application.yaml`);
    }
    const gone = Object.fromEntries(Object.keys(files).map((file) => [file, undefined]));
    await arrived(live, await change(live, gone, "No sources"));
  });

  it("a new image is rolled out by the time it is Ready", async () => {
    for (const app of applications) {
      const image = imageIn(files[app.deployment] ?? "");
      const next = image.replace(/:[^:]+$/, ":9.9.9");
      const { seconds } = await pushTimed(live, exchanged(live, app.deployment, image, next), `${app.name} 9.9.9`, [
        app,
      ]);
      const pods = await app.plane.client.list("v1", "Pod", app.name, `app.kubernetes.io/instance=${app.name}`);
      const images = pods
        .filter(({ metadata }) => !metadata.deletionTimestamp)
        .map(({ spec }) => (spec as { containers: { image: string }[] }).containers[0]?.image);
      expect(new Set(images)).toEqual(new Set([next]));
      measured(PART, `${app.plane.name}: push of an image to Ready, rolled out`, seconds[app.plane.name] ?? 0, "s");
    }
  });

  it("a change of one object is Ready everywhere; beside kubectl apply", async () => {
    const { kubectl } = await findPrograms(["kubectl"], { root: ROOT, note: () => {} });
    const pushes = new Map<string, number[]>();
    const applies = new Map<string, number[]>();
    for (let run = 0; run < RUNS; run += 1) {
      for (const app of applications) {
        const text = patched(live, app.policy, note(`by hand ${run}`))[app.policy] ?? "";
        add(applies, app, await applyTimed(kubectl, app, text));
      }
      const texts = applications.map(({ policy }) => patched(live, policy, note(`run ${run}`)));
      const { seconds } = await pushTimed(live, Object.assign({}, ...texts), `Run ${run}`, applications);
      for (const app of applications) add(pushes, app, seconds[app.plane.name] ?? Number.NaN);
      for (const { plane, name } of applications) {
        const policy = await plane.client.get("networking.k8s.io/v1", "NetworkPolicy", name, name);
        expect(policy?.metadata.annotations?.[NOTE]).toBe(`run ${run}`);
      }
    }
    for (const { plane } of applications) {
      const own = pushes.get(plane.name) ?? [];
      measured(PART, `${plane.name}: push to Ready, one object, median of ${RUNS}`, median(own), "s");
      measured(PART, `${plane.name}: push to Ready, one object, slowest of ${RUNS}`, Math.max(...own), "s");
      measured(
        PART,
        `${plane.name}: kubectl apply of the same, median of ${RUNS}`,
        median(applies.get(plane.name) ?? []),
        "s",
      );
    }
  });
});

/** Files that source-controller has packed of a commit. */
async function packedFor({ client, folder }: Plane, commit: string): Promise<readonly string[]> {
  const source = await client.get("source.toolkit.fluxcd.io/v1", "GitRepository", FLUX_SOURCE, FLUX_NAMESPACE);
  const artifact = source?.status?.["artifact"] as { readonly path: string; readonly revision: string } | undefined;
  expect(artifact?.revision).toContain(commit);
  const { stdout } = await runProgram("tar", ["-tzf", join(folder, "artifacts", artifact?.path ?? "")]);
  const entries = stdout.trim().split("\n");
  return entries.filter((entry) => entry !== "." && !entries.some((other) => other.startsWith(`${entry}/`)));
}

function note(text: string) {
  return { metadata: { annotations: { [NOTE]: text } } };
}

function imageIn(text: string): string {
  const found = /image: (\S+)/.exec(text)?.[1];
  if (!found) throw new Error("the Deployment names no image");
  return found;
}

function add(to: Map<string, number[]>, { plane }: Application, value: number): void {
  to.set(plane.name, [...(to.get(plane.name) ?? []), value]);
}
