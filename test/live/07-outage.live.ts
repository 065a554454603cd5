import { EXCLUDED_NAMESPACES } from "../../base/kyverno";
import type { LiveObject } from "../../cli/live/client";
import { kyvernoProcess } from "../../cli/live/kyverno";
import { killProcess, restartProcess, runningProcesses } from "../../cli/live/processes";
import { until } from "../../cli/live/wait";
import { registryHost } from "../../clusters/fleet";
import { type Answer, askToChange, askToCreate } from "./admission/ask";
import { goodPod } from "./admission/corpus";
import { addNamespace, dropNamespace, guarded, teamsOf } from "./admission/place";
import type { Workload } from "./admission/pods";
import { asksAbout, RESOURCES, webhooksOf } from "./admission/webhooks";
import { measured } from "./measures";
import { rig } from "./rig";

const TEAM = "team";
const FOREIGN = "registry.example.com";

describe.each(guarded(rig()))("while Kyverno is away from $name", (plane) => {
  const live = rig();
  const { client } = plane;
  const registry = registryHost(live.fleet);
  const kyverno = kyvernoProcess(plane.name);
  const [namespace = ""] = teamsOf(live, plane.name);
  const made: string[] = [];
  const old = goodPod(TEAM, FOREIGN, "older-than-the-policy");
  const create = (name: string, where: string, from = registry): Promise<Answer> =>
    askToCreate(client, goodPod(where, from, name), { really: true });
  const remove = (name: string, where: string) => client.remove(goodPod(where, registry, name), 0);
  const isGone = async (name: string, where: string) => (await client.get("v1", "Pod", name, where)) === undefined;

  /** Bites again: what it must refuse is refused by it and not for want of it. */
  const serves = () =>
    until("Kyverno's policies", async () => {
      const { message } = await askToCreate(client, goodPod(TEAM, FOREIGN, "probe"));
      return message.includes("Policy restrict-image-registries failed");
    });

  beforeAll(async () => {
    for (const name of [TEAM, ...EXCLUDED_NAMESPACES]) if (await addNamespace(plane, name)) made.push(name);
    await serves();
    await killProcess(live.state, kyverno);
  });

  afterAll(async () => {
    if (!(await runningProcesses(live.state)).some(({ name }) => name === kyverno)) restartProcess(live.state, kyverno);
    await serves();
    await client.merge(old, { metadata: { finalizers: null } }).catch(() => {});
    await Promise.all(made.map((name) => dropNamespace(plane, name)));
  });

  it("pods of AKS and of the platform are created all the same, with whatever image", async () => {
    for (const where of EXCLUDED_NAMESPACES) {
      expect({ where, ...(await create("needed", where, FOREIGN)) }).toMatchObject({
        where,
        admitted: true,
        message: "",
      });
      await remove("needed", where);
    }
  });

  it("a team's pods and what creates them are refused at once, and it says why", async () => {
    const pod = goodPod(namespace, registry, "waits");
    const template = { metadata: { labels: { app: "waits" } }, spec: pod.spec };
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "waits", namespace },
      spec: { selector: { matchLabels: { app: "waits" } }, template },
    };
    for (const object of [pod, deployment]) {
      const { admitted, message, milliseconds } = await askToCreate(client, object);
      expect({ kind: object.kind, admitted }).toEqual({ kind: object.kind, admitted: false });
      expect(message).toMatch(
        /failed calling webhook "vpol\.validate\.kyverno\.svc-fail-finegrained-[\w-]+": .*refused/,
      );
      measured(`admission ${plane.name}`, `a ${object.kind} refused while Kyverno is away`, milliseconds, "ms");
    }
  });

  it("nodes and their leases never wait for it", async () => {
    const webhooks = await webhooksOf(plane);
    expect(webhooks.length).toBeGreaterThan(5);
    for (const [group, resource] of [
      ["", "nodes"],
      ["", "nodes/status"],
      ["karpenter.sh", "nodeclaims"],
    ] as const) {
      expect(webhooks.filter((webhook) => asksAbout(webhook, group, resource))).toEqual([]);
    }
    // Kyverno looks after a lease of its own, and nothing hangs on the answer.
    for (const webhook of webhooks.filter((each) => asksAbout(each, "coordination.k8s.io", "leases"))) {
      expect(webhook).toMatchObject({
        failurePolicy: "Ignore",
        objectSelector: { matchLabels: { "app.kubernetes.io/name": "kyverno" } },
      });
    }
    const [node] = await client.list("v1", "Node");
    if (!node) throw new Error("no node");
    const renewed = async () => (await lease(node))?.spec?.["renewTime"];
    const before = await renewed();
    await until("a heartbeat", async () => (await renewed()) !== before);
    expect(await askToChange(client, node, { metadata: { labels: { seen: "yes" } } })).toMatchObject({
      admitted: true,
    });
  });

  it("what runs may still change in all but its spec, and end", async () => {
    const [deployment] = await client.list("apps/v1", "Deployment", namespace);
    const [pod] = await client.list("v1", "Pod", namespace);
    if (!deployment || !pod) throw new Error(`nothing runs in ${namespace}`);
    for (const object of [deployment, pod]) {
      const finalizers = { metadata: { finalizers: ["example.com/held"], labels: { seen: "yes" } } };
      expect(await askToChange(client, object, finalizers)).toMatchObject({ admitted: true, message: "" });
    }
    const { admitted } = await askToChange(client, deployment, {
      spec: { template: { metadata: { labels: { v: "2" } } } },
    });
    expect(admitted).toBe(false);
  });

  it("Pod Security holds without it", async () => {
    for (const where of [namespace, "kyverno"]) {
      const pod = goodPod(where, registry, "from-the-host");
      const { message } = await askToCreate(client, { ...pod, spec: { ...pod.spec, hostNetwork: true } } as Workload);
      expect(message).toContain('violates PodSecurity "baseline:');
    }
  });

  it("breaking the glass lets pods in; Kyverno takes over again when it is back, and bears what came before", async () => {
    // As docs/runbooks/break-glass.md has it.
    await client.remove(RESOURCES);
    await until("a pod past the policies", async () => (await askToCreate(client, old)).admitted);
    const finalizers = ["example.com/held"];
    const held = { ...old, metadata: { ...old.metadata, finalizers } };
    expect(await askToCreate(client, held, { really: true })).toMatchObject({ admitted: true });

    const began = performance.now();
    restartProcess(live.state, kyverno);
    await serves();
    measured(
      `admission ${plane.name}`,
      "Kyverno started to policies in force",
      (performance.now() - began) / 1000,
      "s",
    );

    expect(await askToChange(client, old, { metadata: { labels: { seen: "yes" } } })).toMatchObject({ admitted: true });
    const containers = [{ name: "app", image: `${FOREIGN}/app:2` }];
    const { message } = await askToChange(client, old, { spec: { containers } });
    expect(message).toContain("Policy restrict-image-registries failed");
    await remove(old.metadata.name, TEAM);
    expect(await isGone(old.metadata.name, TEAM)).toBe(false);
    const freed = await askToChange(client, old, { metadata: { finalizers: null } }, { really: true });
    expect(freed).toMatchObject({ admitted: true });
    await until("its end", () => isGone(old.metadata.name, TEAM));
  });

  const lease = ({ metadata: { name } }: LiveObject) =>
    client.get("coordination.k8s.io/v1", "Lease", name, "kube-node-lease");
});
