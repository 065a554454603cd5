import { App } from "cdk8s";
import { Application } from "../../../base/application";
import type { ApplicationInput } from "../../../base/application/props";
import type { Container, Deployment, PodSpec, ServiceAccount } from "../../../imports/k8s";
import { objectOf } from "../../helpers/render";
import { LEDGER, STOREFRONT } from "./input";

const component = (props: ApplicationInput) => new Application(new App(), props);
const deployment = (props: ApplicationInput, name = props.name) =>
  objectOf<Deployment>(component(props), "Deployment", name);
const pod = (props: ApplicationInput, name?: string): PodSpec =>
  deployment(props, name).spec?.template.spec ?? { containers: [] };
const container = (props: ApplicationInput, name?: string): Container => {
  const [only] = pod(props, name).containers;
  if (!only) throw new Error("no container");
  return only;
};

test("carries no hash: neither in its name, nor in its selector, nor on its pods", () => {
  const { metadata, spec } = deployment(STOREFRONT);
  expect(metadata.name).toBe("storefront");
  expect(spec?.selector.matchLabels).toEqual({ app: "storefront", "app.kubernetes.io/instance": "storefront" });
  expect(JSON.stringify(deployment(STOREFRONT))).not.toMatch(/cdk8s|c8[0-9a-f]{6}/);
});

test("the selector selects its own pods, and not the canary's", () => {
  for (const name of ["storefront", "storefront-canary"]) {
    const { spec } = deployment(STOREFRONT, name);
    expect(spec?.template.metadata?.labels).toMatchObject(spec?.selector.matchLabels ?? {});
    expect(spec?.selector.matchLabels?.["app.kubernetes.io/instance"]).toBe(name);
  }
});

test("says no number of replicas: its autoscaler has that, and Flux would take it back", () => {
  expect(deployment(STOREFRONT).spec).not.toHaveProperty("replicas");
});

test("its pods carry the labels app and version, as our policy asks", () => {
  const labels = (name: string) => deployment(STOREFRONT, name).spec?.template.metadata?.labels;
  expect(labels("storefront")).toMatchObject({ app: "storefront", version: "2.4.1" });
  expect(labels("storefront-canary")).toMatchObject({ app: "storefront", version: "2.5.0-rc.1" });
});

test("is within the restricted Pod Security level", () => {
  expect(pod(STOREFRONT)).toMatchObject({ securityContext: { runAsNonRoot: true } });
  expect(container(STOREFRONT).securityContext).toMatchObject({
    runAsNonRoot: true,
    privileged: false,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  });
});

test("has a place to write to: /tmp, within bounds", () => {
  expect(container(STOREFRONT).volumeMounts).toContainEqual({ name: "tmp", mountPath: "/tmp" });
  expect(pod(STOREFRONT).volumes).toContainEqual({ name: "tmp", emptyDir: { sizeLimit: "64Mi" } });
});

test("has requests and limits: memory is not overcommitted, CPU may burst to four times", () => {
  expect(container(STOREFRONT).resources).toEqual({
    requests: { cpu: "250m", memory: "256Mi" },
    limits: { cpu: "1000m", memory: "256Mi" },
  });
  expect(container({ ...LEDGER, resources: { cpu: "0.5", cpuLimit: "1", memory: "1Gi" } }).resources).toEqual({
    requests: { cpu: "500m", memory: "1024Mi" },
    limits: { cpu: "1000m", memory: "1024Mi" },
  });
});

test("answers three probes, on paths of the team's choice", () => {
  const paths = (props: ApplicationInput) => {
    const { startupProbe, readinessProbe, livenessProbe } = container(props);
    return [startupProbe, readinessProbe, livenessProbe].map((probe) => [probe?.httpGet?.path, probe?.httpGet?.port]);
  };
  expect(paths(LEDGER)).toEqual([
    ["/healthz", 9000],
    ["/readyz", 9000],
    ["/healthz", 9000],
  ]);
  expect(paths({ ...LEDGER, probes: { readiness: "/r", liveness: "/l" } })).toEqual([
    ["/l", 9000],
    ["/r", 9000],
    ["/l", 9000],
  ]);
});

test("is gone before a Spot machine is: drain and shutdown fit into 30 seconds, and take no shell", () => {
  const { terminationGracePeriodSeconds = 0 } = pod(STOREFRONT);
  const { lifecycle } = container(STOREFRONT);
  expect(terminationGracePeriodSeconds).toBeLessThan(30);
  expect(lifecycle?.preStop?.sleep?.seconds).toBeGreaterThan(0);
  expect(lifecycle?.preStop?.sleep?.seconds).toBeLessThan(terminationGracePeriodSeconds);
  expect(lifecycle?.preStop).not.toHaveProperty("exec");
});

test("spreads over zones and hosts, counting its own version's pods only", () => {
  const spread = pod(STOREFRONT).topologySpreadConstraints ?? [];
  expect(spread.map(({ topologyKey }) => topologyKey)).toEqual([
    "topology.kubernetes.io/zone",
    "kubernetes.io/hostname",
  ]);
  for (const { labelSelector, matchLabelKeys } of spread) {
    expect(deployment(STOREFRONT).spec?.template.metadata?.labels).toMatchObject(labelSelector?.matchLabels ?? {});
    expect(matchLabelKeys).toEqual(["pod-template-hash"]);
  }
  // Spot capacity may be left in one zone only; a pod there is better than none.
  expect(spread[0]?.whenUnsatisfiable).toBe("ScheduleAnyway");
});

test.each([
  [1, 1, undefined],
  [2, 1, 2],
  [3, 2, 2],
  [6, 3, 2],
])("of %i pods no node gets more than half (%i)", (min, maxSkew, minDomains) => {
  const [, hosts] = pod({ ...STOREFRONT, replicas: { min, max: 9 } }).topologySpreadConstraints ?? [];
  expect(hosts).toMatchObject({ maxSkew, whenUnsatisfiable: "DoNotSchedule", nodeTaintsPolicy: "Honor" });
  expect(hosts?.minDomains).toBe(minDomains);
});

test("bears Spot nodes and prefers them, but is pinned to nothing", () => {
  expect(pod(STOREFRONT)).not.toHaveProperty("nodeSelector");
  expect(pod(STOREFRONT).tolerations).toEqual([
    { key: "kubernetes.azure.com/scalesetpriority", operator: "Equal", value: "spot", effect: "NoSchedule" },
  ]);
  expect(pod(STOREFRONT).affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  expect(pod(LEDGER)).not.toHaveProperty("tolerations");
  expect(pod(LEDGER).affinity?.nodeAffinity).not.toHaveProperty("preferredDuringSchedulingIgnoredDuringExecution");
});

test("stays off the ingress pool, which has no taint since the gateway would tolerate none", () => {
  expect(pod(LEDGER).affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms).toEqual(
    [{ matchExpressions: [{ key: "azureservicemesh/istio.replica.preferred", operator: "DoesNotExist" }] }],
  );
});

test("ranks with applications", () => {
  expect(pod(STOREFRONT).priorityClassName).toBe("application");
});

test("takes its environment, and none of other Services", () => {
  expect(container(STOREFRONT).env).toEqual([{ name: "LOG_LEVEL", value: "info" }]);
  expect(pod(STOREFRONT).enableServiceLinks).toBe(false);
});

describe("secrets", () => {
  test("are mounted as files by the driver, not copied into a Secret", () => {
    expect(pod(STOREFRONT).volumes).toContainEqual({
      name: "secrets",
      csi: {
        driver: "secrets-store.csi.k8s.io",
        readOnly: true,
        volumeAttributes: { secretProviderClass: "storefront" },
      },
    });
    for (const name of ["storefront", "storefront-canary"]) {
      expect(container(STOREFRONT, name).volumeMounts).toContainEqual({
        name: "secrets",
        mountPath: "/mnt/secrets",
        readOnly: true,
      });
    }
  });

  test("restart the pods when they rotate, since few applications read a file twice", () => {
    expect(deployment(STOREFRONT).metadata.annotations).toEqual({
      "secretproviderclass.reloader.stakater.com/reload": "storefront",
    });
  });

  test("leave no trace where there are none", () => {
    expect(deployment(LEDGER).metadata).not.toHaveProperty("annotations");
    expect(JSON.stringify(deployment(LEDGER))).not.toContain("csi");
  });
});

describe("identity", () => {
  const account = (props: ApplicationInput) => objectOf<ServiceAccount>(component(props), "ServiceAccount");

  test("is the service account's, and the pods say that they use it", () => {
    expect(account(STOREFRONT).metadata.annotations).toEqual({ "azure.workload.identity/client-id": "client" });
    expect(pod(STOREFRONT).serviceAccountName).toBe("storefront");
    expect(deployment(STOREFRONT).spec?.template.metadata?.labels).toMatchObject({
      "azure.workload.identity/use": "true",
    });
  });

  test("is not there unless needed", () => {
    expect(account(LEDGER).metadata).not.toHaveProperty("annotations");
    expect(deployment(LEDGER).spec?.template.metadata?.labels).not.toHaveProperty("azure.workload.identity/use");
  });

  test("brings no token of Kubernetes into the pods", () => {
    expect(account(STOREFRONT).automountServiceAccountToken).toBe(false);
    expect(pod(STOREFRONT).automountServiceAccountToken).toBe(false);
  });
});
