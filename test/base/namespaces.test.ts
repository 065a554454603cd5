import { App } from "cdk8s";
import { Namespaces, type NamespacesProps } from "../../base/namespaces";
import { objectOf, objectsOf } from "../helpers/render";

const QUOTA = { cpu: 8, memoryGiB: 16, pods: 40 };

const PROPS: NamespacesProps = {
  platform: ["cert-manager", "kiali"],
  applications: [
    { namespace: "storefront", meshed: true, quota: QUOTA },
    { namespace: "ledger", meshed: false, quota: QUOTA },
  ],
  meshRevision: "asm-1-30",
  podSecurityVersion: "v1.35",
};

const component = (props: Partial<NamespacesProps> = {}) => new Namespaces(new App(), { ...PROPS, ...props });

const labelsOf = (name: string) => objectOf(component(), "Namespace", name).metadata.labels ?? {};

test("enforces baseline everywhere at a fixed version, and tells what restricted would say", () => {
  for (const name of ["cert-manager", "kiali", "storefront", "ledger"]) {
    expect(labelsOf(name)).toMatchObject({
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/enforce-version": "v1.35",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    });
  }
});

test("injects sidecars by revision, and only where meshed", () => {
  expect(labelsOf("storefront")["istio.io/rev"]).toBe("asm-1-30");
  expect(labelsOf("storefront")).not.toHaveProperty("istio-injection");
  expect(labelsOf("ledger")).not.toHaveProperty(["istio.io/rev"]);
  expect(labelsOf("kiali")).not.toHaveProperty(["istio.io/rev"]);
});

test.each(["kube-system", "flux-system", "aks-istio-system", "aks-istio-ingress", "default", "gatekeeper-system"])(
  "never labels namespaces that AKS owns: %s",
  (name) => {
    expect(() => component({ platform: [name] })).toThrow(name);
    expect(() => component({ applications: [{ namespace: name, meshed: false, quota: QUOTA }] })).toThrow(name);
  },
);

test("refuses a meshed namespace where there is no mesh", () => {
  expect(() => new Namespaces(new App(), { platform: [], applications: PROPS.applications })).toThrow(
    "namespace storefront is meshed",
  );
});

test("adds policies, defaults and quota to application namespaces only", () => {
  const guarded = new Set(
    objectsOf(component()).flatMap((object) => (object.kind === "Namespace" ? [] : [object.metadata.namespace])),
  );
  expect([...guarded]).toEqual(["storefront", "ledger"]);
});

test("gives each container requests, which the quota counts, and limits", () => {
  for (const namespace of ["storefront", "ledger"]) {
    const range = objectsOf(component()).find(
      (object) => object.kind === "LimitRange" && object.metadata.namespace === namespace,
    );
    expect(range?.spec?.["limits"]).toEqual([
      {
        type: "Container",
        defaultRequest: { cpu: "100m", memory: "128Mi" },
        default: { cpu: "500m", memory: "512Mi" },
      },
    ]);
  }
});

test("caps what a team may request, and keeps Services behind the gateway", () => {
  const quota = objectsOf(component()).find(
    (object) => object.kind === "ResourceQuota" && object.metadata.namespace === "ledger",
  );
  expect(quota?.spec?.["hard"]).toEqual({
    pods: "40",
    "requests.cpu": "8",
    "requests.memory": "16Gi",
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  });
});

test("creates a namespace that two add-ons share once", () => {
  const shared = component({ platform: ["tools", "tools"] });
  expect(objectsOf(shared).filter((object) => object.metadata.name === "tools")).toHaveLength(1);
});
