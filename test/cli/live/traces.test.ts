import { ApiClient } from "../../../cli/live/client";
import { OtherCluster, recordBefore, removeTraces } from "../../../cli/live/traces";
import { refusal, withApiServer } from "./api-server";
import { SmallCluster, stored } from "./cluster";

const MARKS = { given: new Set(["Namespace flux-system", "Node spot-0"]), managers: new Set(["rig"]), interval: 1 };
const rig = { by: "rig" } as const;

/** A cluster of somebody's. */
const theirs = () => [
  stored("Namespace", "kube-system"),
  stored("Namespace", "default"),
  stored("Namespace", "somebody"),
  stored("ConfigMap", "theirs", { namespace: "somebody" }),
  stored("ConfigMap", "theirs", { namespace: "default", by: "kubectl-create" }),
  stored("CustomResourceDefinition", "things.their.io"),
  stored("Node", "real"),
];

/** What a rig puts there. */
const ours = () => [
  stored("Namespace", "flux-system"),
  stored("Namespace", "shop", rig),
  stored("Deployment", "api", { namespace: "shop", ...rig }),
  stored("Pod", "api-1", { namespace: "shop", node: "spot-0" }),
  stored("Pod", "api-2", { namespace: "shop", node: "real" }),
  stored("Pod", "agent", { namespace: "kube-system", node: "spot-0" }),
  stored("ConfigMap", "ours", { namespace: "default", ...rig }),
  stored("CustomResourceDefinition", "kustomizations.kustomize.toolkit.fluxcd.io", rig),
  stored("Kustomization", "root", { namespace: "flux-system", ...rig, finalizers: ["finalizers.fluxcd.io"] }),
  stored("ValidatingWebhookConfiguration", "kyverno", rig),
  stored("Node", "spot-0", rig),
  stored("Event", "e", { namespace: "default", about: { kind: "Node", name: "spot-0" } }),
];

it("all that was put there goes, and nothing else", () => {
  const cluster = new SmallCluster(theirs());
  return cluster.with(async (client) => {
    const before = await recordBefore(client);
    expect([...before.objects].sort()).toEqual(cluster.uids);
    const meanwhile = [
      stored("Namespace", "mine", { by: "kubectl-create" }),
      stored("ConfigMap", "mine", { namespace: "default", by: "kubectl-create" }),
    ];
    const put = ours();
    cluster.objects = [...cluster.objects, ...put, ...meanwhile];
    expect(await removeTraces(client, before, MARKS)).toBe(put.length);
    expect(cluster.uids).toEqual([...theirs(), ...meanwhile].map(({ metadata }) => metadata.uid).sort());
    // Nothing of others' was ever asked to be changed.
    for (const act of cluster.acts) expect(act).not.toMatch(/theirs|mine|real|somebody|default|things/);
  });
});

it("who would be asked goes first, CRDs last, and what a controller would release is released", () => {
  const cluster = new SmallCluster(theirs());
  return cluster.with(async (client) => {
    const before = await recordBefore(client);
    cluster.objects = [...cluster.objects, ...ours()];
    await removeTraces(client, before, MARKS);
    const { acts } = cluster;
    expect(acts[0]).toBe("DELETE ValidatingWebhookConfiguration kyverno");
    expect(acts.at(-1)).toMatch(/^DELETE CustomResourceDefinition/);
    expect(acts).toContain("PATCH Kustomization root");
    // The cluster empties its namespaces itself.
    expect(acts.filter((act) => /Deployment|ConfigMap|Pod/.test(act)).sort()).toEqual([
      "DELETE ConfigMap ours",
      "DELETE Pod agent at once",
      "DELETE Pod api-1 at once",
    ]);
  });
});

it("where nothing was put, nothing is asked", () => {
  const cluster = new SmallCluster(theirs());
  return cluster.with(async (client) => {
    expect(await removeTraces(client, await recordBefore(client), MARKS)).toBe(0);
    expect(cluster.acts).toEqual([]);
  });
});

it("an object of the same name that came meanwhile stays", () => {
  const cluster = new SmallCluster(theirs());
  return cluster.with(async (client) => {
    const before = await recordBefore(client);
    cluster.objects = [...cluster.objects, stored("ConfigMap", "ours", { namespace: "default", uid: "new" })];
    await removeTraces(client, before, MARKS);
    expect(cluster.uids).toContain("new");
  });
});

it("what does not go is named, with what the server says", () => {
  const cluster = new SmallCluster(theirs());
  return cluster.with(async (client) => {
    const before = await recordBefore(client);
    cluster.objects = [...cluster.objects, ...ours(), stored("Node", "stuck", { ...rig, finalizers: ["a/b"] })];
    cluster.refuses = { name: "ours", why: "no, says a webhook" };
    const error: unknown = await removeTraces(client, before, { ...MARKS, timeout: 500 }).catch(
      (each: unknown) => each,
    );
    expect((error as Error).message).toMatch(/not within 1 s\n\d+ objects are left:/);
    for (const words of ["ConfigMap default/ours", "Node stuck (finalizers: a/b)", "no, says a webhook"])
      expect((error as Error).message).toContain(words);
  });
});

it("a cluster that is another one by now is left alone", () => {
  const cluster = new SmallCluster([...theirs(), ...ours()]);
  return cluster.with(async (client) => {
    await expect(removeTraces(client, { cluster: "x", objects: [] }, MARKS)).rejects.toThrow(OtherCluster);
    expect(cluster.acts).toEqual([]);
  });
});

it("a server that does not show everything is not recorded as if it had", () =>
  withApiServer(
    ({ url }, response) => {
      if (url === "/apis") return { groups: [] };
      if (url === "/api/v1")
        return { resources: [{ name: "secrets", kind: "Secret", namespaced: true, verbs: ["list", "delete"] }] };
      return void response.writeHead(403).end(refusal("Forbidden", "secrets is forbidden"));
    },
    async (access) => {
      const client = new ApiClient(access);
      await expect(recordBefore(client)).rejects.toThrow("secrets is forbidden");
      client.close();
    },
    false,
    {},
  ));

it("kinds that cannot be listed just now count as empty", () =>
  withApiServer(
    ({ url }, response) => {
      if (url === "/apis")
        return {
          groups: [
            { name: "metrics.k8s.io", versions: [{ groupVersion: "metrics.k8s.io/v1" }] },
            { name: "events.k8s.io", versions: [] },
          ],
        };
      if (url === "/api/v1")
        return { resources: [{ name: "pods", kind: "Pod", namespaced: true, verbs: ["list", "delete"] }] };
      if (url === "/api/v1/pods") return {};
      if (url === "/api/v1/namespaces/kube-system") return stored("Namespace", "kube-system");
      return void response.writeHead(503).end(refusal("ServiceUnavailable", "nobody"));
    },
    async (access) => {
      const client = new ApiClient(access);
      expect(await recordBefore(client)).toEqual({ cluster: "Namespace /kube-system", objects: [] });
      client.close();
    },
    false,
    {},
  ));
