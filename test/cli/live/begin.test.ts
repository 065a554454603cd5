import { existsSync } from "node:fs";
import { type BeginContext, begin, differences, refuse } from "../../../cli/live/begin";
import { fingerprint, keep } from "../../../cli/live/kept";
import { Phases } from "../../../cli/live/phases";
import { runningProcesses, startProcess } from "../../../cli/live/processes";
import { createState, removeState, type StateFolder } from "../../../cli/live/state";
import { recordBefore } from "../../../cli/live/traces";
import { loadPreset } from "../../../main";
import { script } from "../folder";
import { withPrograms } from "../programs";
import { borrowed } from "./borrowed";
import { SmallCluster, stored } from "./cluster";
import { scripted, withPlace, withRig } from "./rig";

const fleet = loadPreset("default");
const clusters = fleet.clusters.map(({ name }) => name);
const options = { fleet: "default", timeout: 1000 };
const UP = { preset: "default", clusters: ["app1", "app2"] };

describe("what is up", () => {
  it("takes a push of the same fleet, whatever the order of its clusters", () => {
    refuse(UP, options);
    refuse(UP, { ...options, clusters: ["app2", "app1"] });
  });

  it.each([
    ["another fleet", { ...options, fleet: "demo" }],
    ["fewer clusters", { ...options, clusters: ["app1"] }],
    ["other clusters", { ...options, clusters: ["app1", "mgmt"] }],
  ])("does not take %s", (_, other) => {
    expect(() => refuse(UP, other)).toThrow(
      'The fleet "default" is up (app1, app2), and one can be at a time. Fix: run `make live-down` first',
    );
  });

  it("takes a push of a fleet on clusters that exist, asked for again or not", () => {
    refuse({ ...UP, isExisting: true }, options);
    refuse({ ...UP, isExisting: true }, { ...options, existing: true });
  });

  it("on API servers of its own does not take one that is for clusters that exist", () => {
    expect(() => refuse(UP, { ...options, existing: true })).toThrow(
      'The fleet "default" is up on API servers of its own (app1, app2), and one can be at a time. Fix: run `make live-down` first',
    );
  });

  it("is refused where another fleet is up, before anything is done", () =>
    withRig(async (state) => {
      keep(state, { ...UP, preset: "demo" });
      await expect(begin(state, options, context("/nowhere"))).rejects.toThrow('The fleet "demo" is up');
    }));
});

describe("what a push does not change", () => {
  it("is nothing where the fleet is the same, or nobody knows", () => {
    expect(differences({ preset: "default", clusters, made: fingerprint(fleet) }, { fleet })).toEqual([]);
    expect(differences({ preset: "default", clusters }, { fleet })).toEqual([]);
  });

  it("is told where versions, nodes or clusters are others", () => {
    expect(differences({ preset: "default", clusters, made: "of long ago" }, { fleet })).toEqual([
      expect.stringContaining("`make live-down`, then `make live` does"),
    ]);
  });

  it("is an error where a cluster is no longer in the fleet", () => {
    expect(() => differences({ preset: "default", clusters: [...clusters, "app9"] }, { fleet })).toThrow(
      "app9 is up, but no longer in the fleet. Fix: ",
    );
  });
});

describe("what a killed run has left", () => {
  /** Begins in a repository where everything is there, but is interrupted before anything is brought up. */
  const beginIn = (state: StateFolder, notes: string[]) =>
    withPrograms(
      {
        "infra/node_modules/@pulumi/pulumi": "",
        "bin/git": script("exit 129"),
        "bin/go": script("exit 1"),
        "bin/ps": script('exec /bin/ps "$@"'),
      },
      async (root) => {
        const path = process.env["PATH"];
        process.env["PATH"] = `${root}/bin`;
        try {
          const interrupted = { ...context(root), signal: AbortSignal.abort(new Error("interrupted")) };
          const beginning = begin(state, options, { ...interrupted, note: (line) => notes.push(line) });
          await expect(beginning).rejects.toThrow();
        } finally {
          process.env["PATH"] = path;
        }
      },
    );

  it.each([
    ["with its folder", () => {}],
    ["whose folder somebody removed", (state: StateFolder) => removeState(state)],
  ])("is cleared up, %s", (_, change) =>
    withPlace(async (state) => {
      createState(state);
      startProcess(state, scripted(state, "app1-etcd"));
      change(state);
      const notes: string[] = [];
      await beginIn(state, notes);
      expect(notes[0]).toBe("An earlier run was ended before it was done: clearing up what it left (1 processes).");
      expect(await runningProcesses(state)).toEqual([]);
      expect(existsSync(state.path)).toBe(false);
    }),
  );

  it("on a cluster that exists is removed there", () =>
    withPlace((state) => {
      const theirs = [stored("Namespace", "kube-system"), stored("Node", "real")];
      const cluster = new SmallCluster(theirs);
      return cluster.with(async (client) => {
        createState(state);
        borrowed(state, "app1", client.access, await recordBefore(client));
        cluster.objects = [
          ...theirs,
          stored("Namespace", "flux-system"),
          stored("Node", "spot-0", { by: "app1-kwok" }),
        ];
        const notes: string[] = [];
        await beginIn(state, notes);
        expect(notes).toContain("Removed 2 objects from the cluster of kind-app1.");
        expect(cluster.uids).toEqual(theirs.map(({ metadata }) => metadata.uid).sort());
      });
    }));

  it("is nothing after a run that ended well", () =>
    withPlace(async (state) => {
      const notes: string[] = [];
      await beginIn(state, notes);
      expect(notes.join()).not.toContain("earlier run");
    }));
});

it("clusters that exist are chosen before anything is done, and never others taken instead", () =>
  withPlace(async (state) => {
    const { KUBECONFIG } = process.env;
    process.env["KUBECONFIG"] = "/nowhere/config";
    try {
      await expect(begin(state, { ...options, existing: true }, context("/nowhere"))).rejects.toThrow(
        "USE_EXISTING_CLUSTER is set, but no test cluster can be used:\n  mgmt: there is no context",
      );
    } finally {
      if (KUBECONFIG === undefined) delete process.env["KUBECONFIG"];
      else process.env["KUBECONFIG"] = KUBECONFIG;
    }
    expect(existsSync(state.path)).toBe(false);
  }));

function context(root: string): BeginContext {
  return { root, phases: new Phases(), note: () => {}, signal: new AbortController().signal };
}
