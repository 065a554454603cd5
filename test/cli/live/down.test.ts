import { existsSync } from "node:fs";
import { LeftBehind, takeDown } from "../../../cli/live/down";
import { runningProcesses, startProcess } from "../../../cli/live/processes";
import { recordBefore } from "../../../cli/live/traces";
import { borrowed, NOWHERE } from "./borrowed";
import { SmallCluster, stored } from "./cluster";
import { scripted, withRig } from "./rig";

const theirs = () => [stored("Namespace", "kube-system"), stored("ConfigMap", "theirs", { namespace: "kube-system" })];
const ours = () => [
  stored("Namespace", "flux-system"),
  stored("ConfigMap", "ours", { namespace: "kube-system", by: "kustomize-controller" }),
  stored("Node", "spot-0", { by: "app1-kwok" }),
];

it("what was put on a cluster goes, once the processes have ended", () =>
  withRig((state) => {
    const cluster = new SmallCluster(theirs());
    return cluster.with(async (client) => {
      borrowed(state, "app1", client.access, await recordBefore(client));
      cluster.objects = [...cluster.objects, ...ours()];
      startProcess(state, scripted(state, "app1-kwok"));
      const notes: string[] = [];
      expect(await takeDown(state, { note: (line) => notes.push(line) })).toEqual(["app1-kwok"]);
      expect(cluster.uids).toEqual(
        theirs()
          .map(({ metadata }) => metadata.uid)
          .sort(),
      );
      expect(notes).toEqual([
        "Removing what was put on the cluster of kind-app1.",
        "Removed 3 objects from the cluster of kind-app1.",
      ]);
      expect(existsSync(state.path)).toBe(false);
    });
  }));

describe("where a cluster does not answer, or is another one,", () => {
  it("the processes end, and what is known stays for another try", () =>
    withRig((state) =>
      new SmallCluster(theirs()).with(async ({ access }) => {
        borrowed(state, "app1", NOWHERE, { cluster: "x", objects: [] });
        borrowed(state, "app2", access, { cluster: "x", objects: [] });
        startProcess(state, scripted(state, "app1-kwok"));
        const error: unknown = await takeDown(state).catch((each: unknown) => each);
        expect(error).toBeInstanceOf(LeftBehind);
        const { message } = error as Error;
        expect(message).toMatch(/kind-app1: the API server does not answer: /);
        expect(message).toContain("kind-app2: another cluster is there now");
        expect(message).toMatch(/Fix: .*`make live-down` again.*`npm run live-down -- --forget`/);
        expect(message).not.toContain("s3cret");
        expect(await runningProcesses(state)).toEqual([]);
        expect(existsSync(state.plane("app1"))).toBe(true);
      }),
    ));

  it("it can be forgotten", () =>
    withRig(async (state) => {
      borrowed(state, "app1", NOWHERE, { cluster: "x", objects: [] });
      const notes: string[] = [];
      await takeDown(state, { forget: true, note: (line) => notes.push(line) });
      expect(notes).toEqual(["What was put on the cluster of kind-app1 stays there."]);
      expect(existsSync(state.path)).toBe(false);
    }));
});
