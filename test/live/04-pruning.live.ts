import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { LiveObject } from "../../cli/live/client";
import { delivered } from "../../cli/live/flux";
import { pushedFile } from "../../cli/live/git";
import { until } from "../../cli/live/wait";
import { applicationClusters, applicationOn } from "./delivery/application";
import { current } from "./delivery/byhand";
import { stateOf } from "./delivery/kustomizations";
import { changed, entryOf, heldObjects, nameOf, type Objects, touched } from "./delivery/objects";
import { FULL } from "./place";
import { arrived, change, revert, rig } from "./rig";

const live = rig();
const clusters = applicationClusters(live);
const PROTECTED = "kustomize.toolkit.fluxcd.io/prune";

describe.each(FULL ? clusters : clusters.slice(-1))("pruning on %s", (cluster) => {
  const { plane, name, component, policy } = applicationOn(live, cluster);
  const dist = `dist/${cluster}`;
  let before: Objects;
  let commit: string | undefined;

  beforeEach(async () => {
    before = await heldObjects(plane);
  });

  // Each ends as it began: what was removed comes back when the commit is reverted.
  afterEach(async () => {
    if (!commit) throw new Error("nothing was pushed");
    await arrived(live, await revert(live, commit), live.planes, { timeout: 120_000 });
    commit = undefined;
    const asBefore = async () => changed(before, await heldObjects(plane)).length === 0;
    const explain = async () => changed(before, await heldObjects(plane)).join(", ");
    await until("all is as before", asBefore, { timeout: 60_000, explain });
  });

  async function pushed(files: Readonly<Record<string, string | undefined>>, message: string): Promise<void> {
    commit = await change(live, files, message);
    await arrived(live, commit, live.planes, { timeout: 120_000 });
  }

  it("a file that is removed takes its object along, and no other", async () => {
    await pushed({ [policy]: undefined }, "Without the policy");
    expect(touched(before, await heldObjects(plane))).toEqual([`${name}/NetworkPolicy/${name}`]);
    expect(await plane.client.get("networking.k8s.io/v1", "NetworkPolicy", name, name)).toBeUndefined();
  });

  it("what must not be lost stays when its file is removed", async () => {
    // One of each kind: a component without any file is another matter.
    const kinds = new Map([...before.values()].filter(isProtected).map((object) => [object.kind, object]));
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(["Namespace", "StorageClass"]));
    const files = [...kinds.values()].map((object) => [fileOf(object), undefined] as const);
    await pushed(Object.fromEntries(files), "Without what is protected");
    const after = await heldObjects(plane);
    for (const object of kinds.values()) {
      expect([...after.keys()]).not.toContain(nameOf(object));
      expect((await current(plane, object))?.metadata).toMatchObject({ uid: object.metadata.uid });
    }
  });

  it("a component that is removed takes its objects and its chart along, but for what is protected", async () => {
    const gone = ["night", "storage-classes", "reloader"].filter((each) => readdirSync(tree()).includes(each));
    const held = (await delivered(plane)).filter((each) => gone.includes(each.component));
    const objects = held.flatMap((each) => each.objects.map(entryOf));
    await pushed({ ...without(gone), ...independentOf(gone) }, `Without ${gone.join(", ")}`);
    const names = async () => (await delivered(plane)).map((each) => each.component);
    await until("their Kustomizations are gone", async () => !(await names()).some((each) => gone.includes(each)));
    for (const { apiVersion, kind, name: own, namespace } of objects) {
      const metadata = { name: own, ...(namespace && { namespace }) };
      const stays = isProtected(before.get(nameOf({ kind, metadata })));
      const object = { apiVersion, kind, metadata };
      await until(`${nameOf(object)} ${stays ? "stays" : "is gone"}`, async () => {
        return ((await current(plane, object)) !== undefined) === stays;
      });
    }
    if (gone.includes("reloader")) {
      const deployed = () => plane.client.list("apps/v1", "Deployment", "reloader");
      await until("the chart's Deployment is gone", async () => (await deployed()).length === 0);
    }
  });

  it("an object that moves to another component is there in the end, and is the other's", async () => {
    const target = `${dist}/namespaces/networkpolicy.${name}.${name}.yaml`;
    await pushed({ [policy]: undefined, [target]: pushedFile(live.git, policy) }, "The policy moves");
    expect(await plane.client.get("networking.k8s.io/v1", "NetworkPolicy", name, name)).toBeDefined();
    const id = `${name}_${name}_networking.k8s.io_NetworkPolicy_v1`;
    expect((await stateOf(plane, "namespaces")).objects).toContain(id);
    expect((await stateOf(plane, component)).objects).not.toContain(id);
  });

  function tree(): string {
    return join(live.git.clone, dist);
  }

  /** The file of an object, wherever in the cluster's tree it lies. */
  function fileOf({ kind, metadata }: LiveObject): string {
    const called = [kind.toLowerCase(), metadata.namespace, metadata.name, "yaml"].filter(Boolean).join(".");
    const found = readdirSync(tree(), { recursive: true, encoding: "utf8" }).find((file) =>
      file.endsWith(`/${called}`),
    );
    if (!found) throw new Error(`${cluster} has no ${called}`);
    return `${dist}/${found}`;
  }

  /** Removes all files of components. */
  function without(components: readonly string[]): Readonly<Record<string, undefined>> {
    const files = components.flatMap((each) => [
      `flux-system/kustomization.flux-system.${each}.yaml`,
      ...readdirSync(join(tree(), each)).map((file) => `${each}/${file}`),
    ]);
    return Object.fromEntries(files.map((file) => [`${dist}/${file}`, undefined]));
  }

  /** The Kustomizations of the other components without their dependence on these. */
  function independentOf(components: readonly string[]): Readonly<Record<string, string>> {
    const texts = readdirSync(join(tree(), "flux-system"))
      .filter((file) => file.startsWith("kustomization.") && !components.some((each) => file.endsWith(`.${each}.yaml`)))
      .map((file) => `${dist}/flux-system/${file}`)
      .map((path) => {
        const lines = pushedFile(live.git, path).split("\n");
        return [
          path,
          lines.filter((line) => !components.some((each) => line === `  - name: ${each}`)).join("\n"),
        ] as const;
      });
    return Object.fromEntries(texts.filter(([path, text]) => text !== pushedFile(live.git, path)));
  }
});

function isProtected(object: { metadata: { annotations?: Readonly<Record<string, string>> } } | undefined): boolean {
  return object?.metadata.annotations?.[PROTECTED] === "disabled";
}
