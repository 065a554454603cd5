import { statSync } from "node:fs";
import { join } from "node:path";
import { borrowPlane, requireSuitable, standInsOn } from "../../../cli/live/borrow";
import type { ApiClient } from "../../../cli/live/client";
import type { Existing } from "../../../cli/live/existing";
import { openPlane, reachesLoopback } from "../../../cli/live/plane";
import { loadPreset } from "../../../main";
import { NOWHERE } from "./borrowed";
import { SmallCluster, stored } from "./cluster";
import { withRig } from "./rig";

const fleet = loadPreset("default");
const existing = ({ access }: Pick<ApiClient, "access">, context = "kind-app2"): Existing => ({
  cluster: "app2",
  context,
  credentials: access,
});

it("an empty cluster does, and its version is known", () =>
  new SmallCluster([stored("Namespace", "kube-system"), stored("Namespace", "somebody")]).with(async (client) => {
    const one = existing(client);
    expect(await requireSuitable([one], fleet)).toEqual([{ existing: one, minor: "1.35", nodes: [] }]);
  }));

it("nodes of its own that take any pod are known", () => {
  const taints = (effect: string) => ({ spec: { taints: [{ key: "a", effect }] } });
  const nodes = {
    open: {},
    soft: taints("PreferNoSchedule"),
    closed: taints("NoSchedule"),
    ending: taints("NoExecute"),
    cordoned: { spec: { unschedulable: true } },
  };
  const objects = Object.entries(nodes).map(([name, more]) => ({ ...stored("Node", name), ...more }));
  return new SmallCluster([stored("Namespace", "kube-system"), ...objects]).with(async (client) => {
    const [found] = await requireSuitable([existing(client)], fleet);
    expect(found?.nodes).toEqual(["open", "soft"]);
    expect(standInsOn({ existing: existing(client), minor: "1.35", nodes: ["open"] }, fleet).join()).toContain(
      "PODS OF THE FLEET MAY LAND ON NODES OF ITS OWN (open)",
    );
  });
});

it("one that has a Flux, or what the fleet would put there, does not; all is told at once, and nothing is changed", () => {
  const cluster = new SmallCluster([
    stored("Namespace", "flux-system"),
    stored("Namespace", "ledger"),
    stored("Node", "spot-0"),
    stored("CustomResourceDefinition", "kustomizations.kustomize.toolkit.fluxcd.io"),
  ]);
  return cluster.with(async (client) => {
    const error: unknown = await requireSuitable(
      [existing(client), { ...existing({ access: NOWHERE }), context: "rig-app2" }],
      fleet,
    ).catch((each: unknown) => each);
    const [head, first, second] = (error as Error).message.split("\n");
    expect(head).toBe("The fleet cannot be brought up on a cluster that exists:");
    expect(first).toMatch(
      /app2: the cluster of kind-app2 \(https:.*\) has .*: Flux \(1 CRDs\), Namespace flux-system, Namespace ledger, Node spot-0\. Fix: /,
    );
    expect(second).toMatch(/app2: the cluster of rig-app2 \(https:\/\/127.0.0.1:1\) does not answer: .*Fix: start it/);
    expect((error as Error).message).not.toContain("s3cret");
    expect(cluster.acts).toEqual([]);
  });
});

describe("what a person should know", () => {
  const on = (context: string, minor = "1.35") =>
    standInsOn({ existing: existing({ access: NOWHERE }, context), minor, nodes: [] }, fleet).join("\n");

  it("is where it runs, and that policies are not enforced where Kyverno cannot be reached", () => {
    expect(on("kind-app2")).toMatch(
      /the cluster of the context kind-app2, with Kubernetes 1\.35\n.*STORED, NOT ENFORCED/,
    );
    expect(on("rig-app2")).not.toContain("ENFORCED");
  });

  it("is that it is another Kubernetes than the fleet's", () => {
    expect(on("rig-app2", "1.33")).toContain("with Kubernetes 1.33, WHICH IS NOT the fleet's 1.35");
  });
});

it("a cluster is recorded before anything is put there, and its plane can be opened again", () =>
  withRig((state) => {
    const cluster = new SmallCluster([stored("Namespace", "kube-system"), stored("Node", "real")]);
    return cluster.with(async (client) => {
      const plane = await borrowPlane(state, { existing: existing(client), minor: "1.35", nodes: [] }, fleet);
      expect(cluster.acts).toEqual([]);
      expect(plane.existing).toMatchObject({
        context: "kind-app2",
        before: { cluster: "Namespace /kube-system", objects: cluster.uids },
        given: expect.arrayContaining([
          "Namespace flux-system",
          "Node spot-0",
          "ServiceAccount flux-system/flux-applier",
        ]),
      });
      expect(reachesLoopback(plane)).toBe(false);
      expect(openPlane(state, "app2").client.access).toEqual(client.access);
      for (const file of ["kubeconfig", "existing.json"])
        expect(statSync(join(plane.folder, file)).mode & 0o777).toBe(0o600);
    });
  }));
