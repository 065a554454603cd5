import { clusterOf, MESH_NAMESPACE, registryHost } from "../../clusters/fleet";
import { askToCreate } from "./admission/ask";
import { goodPod } from "./admission/corpus";
import { again, called, distOf } from "./admission/dist";
import { teamsOf } from "./admission/place";
import { type PodSpec, podOf, type Workload } from "./admission/pods";
import { rig } from "./rig";

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet"] as const;
/** Namespaces whose owner is AKS or Kubernetes. */
const GIVEN = /^(default|kube-.*|aks-.*|flux-system)$/;

describe.each(rig().planes)("what is admitted on $name", (plane) => {
  const live = rig();
  const { client } = plane;
  const registry = registryHost(live.fleet);
  const { kubernetes } = live.fleet;
  const teams = teamsOf(live, plane.name);

  it("every object of dist, as a new one, through all webhooks and without a warning", async () => {
    const objects = await distOf(live, plane);
    const said: string[] = [];
    for (const object of objects) {
      const { admitted, message, warnings } = await askToCreate(client, again(object));
      if (!admitted || warnings.length > 0) said.push(`${called(object)}: ${message} ${warnings.join(" ")}`);
    }
    expect(said).toEqual([]);
    expect(objects.length).toBeGreaterThan(40);
  });

  it("the pods of every workload: they run, and would be let in again", async () => {
    const namespaces = await client.list("v1", "Namespace");
    const ours = namespaces.map(({ metadata }) => metadata.name).filter((name) => !GIVEN.test(name));
    const workloads = (await Promise.all(WORKLOADS.map((kind) => client.list("apps/v1", kind)))).flat();
    expect(new Set(workloads.map(({ metadata }) => metadata.namespace))).toEqual(new Set(ours));
    for (const workload of workloads) {
      const pod = podOf(workload as unknown as Workload);
      const { admitted, message, warnings } = await askToCreate(client, pod);
      const { replicas = 0, readyReplicas = 0 } = (workload.status ?? {}) as Record<string, number>;
      expect({ name: called(workload), readyReplicas, admitted, message }).toEqual({
        name: called(workload),
        readyReplicas: Math.max(replicas, 1),
        admitted: true,
        message: "",
      });
      // What teams run meets the stricter level too, which is only told.
      if (teams.includes(workload.metadata.namespace ?? "")) expect(warnings).toEqual([]);
    }
  });

  it("no pod of a host's, in any namespace of ours, by Pod Security alone", async () => {
    const namespaces = (await client.list("v1", "Namespace")).filter(({ metadata }) => !GIVEN.test(metadata.name));
    expect(namespaces.length).toBeGreaterThan(1);
    for (const { metadata } of namespaces) {
      const { name } = metadata;
      const pod = goodPod(name, registry, "from-the-host");
      const refused = async (change: Partial<PodSpec>, what: string) => {
        const { admitted, message } = await askToCreate(client, {
          ...pod,
          spec: { ...pod.spec, ...change },
        } as Workload);
        expect({ name, admitted }).toEqual({ name, admitted: false });
        expect(message).toContain(`violates PodSecurity "baseline:v${kubernetes}": ${what}`);
      };
      await refused({ hostNetwork: true }, "host namespaces (hostNetwork=true)");
      await refused({ volumes: [{ name: "root", hostPath: { path: "/" } }] }, 'hostPath volumes (volume "root")');
      const containers = pod.spec.containers.map((each) => ({ ...each, securityContext: { privileged: true } }));
      await refused({ containers }, 'privileged (container "app" must not set securityContext.privileged=true)');
      const { admitted, warnings } = await askToCreate(client, pod);
      expect({ name, admitted }).toEqual({ name, admitted: true });
      expect(warnings).toEqual([
        expect.stringMatching(/^would violate PodSecurity "restricted:latest": .*runAsNonRoot/),
      ]);
    }
  });

  it("anything of AKS's in its own namespaces, which no label of ours touches", async () => {
    const namespaces = (await client.list("v1", "Namespace")).filter(({ metadata }) => GIVEN.test(metadata.name));
    expect(namespaces.length).toBeGreaterThan(3);
    for (const { metadata } of namespaces) {
      expect(Object.keys(metadata.labels ?? {}).filter((label) => /pod-security|istio\.io/.test(label))).toEqual([]);
    }
    const mesh = clusterOf(live.fleet, plane.name).mesh ? [MESH_NAMESPACE] : [];
    for (const namespace of ["kube-system", ...mesh]) {
      const pod = goodPod(namespace, "registry.example.com", "of-the-node");
      const spec = {
        ...pod.spec,
        hostNetwork: true,
        containers: [{ name: "agent", image: "registry.example.com/agent:1" }],
      };
      expect(await askToCreate(client, { ...pod, spec } as Workload)).toMatchObject({ admitted: true, warnings: [] });
    }
  });

  for (const namespace of teams) {
    describe(`in ${namespace}`, () => {
      it("a container that says nothing gets the defaults, so that a quota can count it", async () => {
        const pod = goodPod(namespace, registry, "silent");
        const spec = { containers: [{ name: "app", image: `${registry}/app:1` }] };
        const made = await client.create({ ...pod, spec } as Workload, { dryRun: true });
        expect((made as unknown as Workload).spec.containers[0]?.resources).toEqual({
          requests: { cpu: "100m", memory: "128Mi" },
          limits: { cpu: "500m", memory: "512Mi" },
        });
      });

      it("nothing beyond the team's quota", async () => {
        const { quota } =
          (clusterOf(live.fleet, plane.name).applications ?? []).find((each) => each.namespace === namespace) ?? {};
        const pod = goodPod(namespace, registry, "greedy");
        const asking = (requests: Record<string, string>) => {
          const containers = pod.spec.containers.map((each) => ({
            ...each,
            resources: { requests, limits: requests },
          }));
          return askToCreate(client, { ...pod, spec: { containers } } as Workload);
        };
        const cpu = await asking({ cpu: String(quota?.cpu), memory: "16Mi" });
        expect(cpu.message).toMatch(/exceeded quota: team, requested: .*requests\.cpu/);
        const memory = await asking({ cpu: "10m", memory: `${quota?.memoryGiB}Gi` });
        expect(memory.message).toMatch(/exceeded quota: team, requested: .*requests\.memory/);
        for (const type of ["LoadBalancer", "NodePort"]) {
          const service = {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "own-door", namespace },
            spec: { type, selector: { app: "demo" }, ports: [{ port: 80 }] },
          };
          expect((await askToCreate(client, service)).message).toMatch(/exceeded quota: team/);
        }
      });

      it("has its network policies (whether they hold back a packet is NOT proven here: nothing routes any)", async () => {
        const policies = await client.list("networking.k8s.io/v1", "NetworkPolicy", namespace);
        const deny = policies.find(({ metadata }) => metadata.name === "default-deny");
        expect(deny?.spec).toMatchObject({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
        expect(deny?.spec).not.toHaveProperty("ingress");
        expect(deny?.spec).not.toHaveProperty("egress");
        expect(policies.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(["allow-dns"]));
      });
    });
  }
});
