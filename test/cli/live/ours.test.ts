import type { Held } from "../../../cli/live/discovery";
import { managersOn, named, oursIn } from "../../../cli/live/ours";

/** An object with a group and a plural that follow from its kind. */
function held(kind: string, name: string, more: Partial<Held> & { readonly group?: string } = {}): Held {
  const { group = kind === "CustomResourceDefinition" ? "apiextensions.k8s.io" : "", ...rest } = more;
  const type = { apiVersion: `${group}/v1`, group, kind, name: `${kind.toLowerCase()}s`, namespaced: true };
  const uid = `${kind} ${rest.namespace ?? ""}/${name}`;
  return { type, uid, name, managers: [], owners: [], finalizers: [], labels: {}, ...rest };
}

const FLUX = { managers: ["kustomize-controller"] };
const auto = { group: "apiregistration.k8s.io", labels: { "kube-aggregator.kubernetes.io/automanaged": "true" } };

/** Names of what is the rig's. */
function ours(
  objects: readonly Held[],
  { before = [] as string[], given = [] as string[], known = new Set<string>() } = {},
) {
  const origin = { before: new Set(before), given: new Set(given), managers: managersOn("app1") };
  return oursIn(objects, origin, known)
    .map(({ uid }) => uid)
    .sort();
}

describe("the rig's is", () => {
  it.each([
    "aks-fleet-live",
    "kustomize-controller",
    "gotk-helm-controller",
    "helm-controller",
    "app1-kwok",
    "app1-kyverno",
    "app1-source-controller",
  ])("what %s has written", (manager) => {
    expect(ours([held("ConfigMap", "a", { managers: ["x", manager] })])).toEqual(["ConfigMap /a"]);
  });

  it("what it gives itself, though no manager shows", () => {
    expect(
      ours([held("Namespace", "flux-system"), held("Namespace", "b")], { given: ["Namespace flux-system"] }),
    ).toEqual(["Namespace /flux-system"]);
  });

  it("whatever is in its namespaces, of its kinds, owned by its objects, or an event about them", () => {
    const all = [
      held("Event", "e", { namespace: "default", about: "Node spot-0" }),
      held("Pod", "agent", { namespace: "kube-system", owners: ["DaemonSet of theirs"], node: "Node spot-0" }),
      held("Pod", "p", { namespace: "kube-system", owners: ["ReplicaSet kube-system/r"] }),
      held("ReplicaSet", "r", { namespace: "kube-system", owners: ["Deployment kube-system/d"] }),
      held("Deployment", "d", { namespace: "kube-system", ...FLUX }),
      held("Policy", "y", { group: "x.io" }),
      held("CustomResourceDefinition", "policys.x.io", FLUX),
      held("APIService", "v1.x.io", auto),
      held("Secret", "s", { namespace: "shop" }),
      held("Namespace", "shop", FLUX),
      held("Node", "spot-0", { managers: ["aks-fleet-live", "app1-kwok"] }),
    ];
    expect(ours(all)).toEqual(all.map(({ uid }) => uid).sort());
  });

  it("what belongs to an object that is gone already", () => {
    const known = new Set<string>();
    ours([held("Node", "spot-0", FLUX)], { known });
    expect(ours([held("Event", "e", { about: "Node spot-0" })], { known })).toEqual(["Event /e"]);
    // Also where an earlier removal was interrupted, of which nobody knows any more.
    const left = [held("Event", "e", { about: "Node spot-0" }), held("Pod", "p", { node: "Node spot-0" })];
    expect(ours(left, { given: ["Node spot-0"] })).toEqual(["Event /e", "Pod /p"]);
  });
});

describe("others' is", () => {
  it.each([
    ["what was there before, whoever has written it since", held("Namespace", "shop", FLUX), ["Namespace /shop"]],
    ["what a person makes meanwhile", held("Namespace", "mine", { managers: ["kubectl-create"] }), []],
    ["what a person installs meanwhile", held("Deployment", "d", { managers: ["helm"] }), []],
    ["what another cluster's programs write", held("Lease", "l", { managers: ["app2-kwok"] }), []],
    ["what the cluster makes", held("ConfigMap", "kube-root-ca.crt", { managers: ["kube-controller-manager"] }), []],
    ["what is on a node of theirs", held("Pod", "p", { node: "Node real", owners: ["DaemonSet of theirs"] }), []],
    ["what only has such a name", held("Secret", "s", { namespace: "flux-system" }), []],
  ])("%s", (_, object, before) => {
    expect(ours([object], { before })).toEqual([]);
  });

  it("what was in a namespace, or of a kind, that were there before", () => {
    const all = [
      held("Namespace", "default", FLUX),
      held("Secret", "new", { namespace: "default" }),
      held("CustomResourceDefinition", "as.x.io", FLUX),
      held("A", "new", { group: "x.io" }),
    ];
    expect(ours(all, { before: ["Namespace /default", "CustomResourceDefinition /as.x.io"] })).toEqual([]);
  });

  it("what the API server registers for a CRD of others", () => {
    const all = [held("CustomResourceDefinition", "as.x.io"), held("APIService", "v1.x.io", auto)];
    expect(ours(all)).toEqual([]);
  });
});

it("what is left is named with what holds it, at most twenty", () => {
  const many = Array.from({ length: 25 }, (_, index) => held("Pod", `p${index}`, { namespace: "a" }));
  expect(named([held("X", "x", { finalizers: ["a/b", "c"] }), ...many])).toEqual([
    "X x (finalizers: a/b, c)",
    ...many.slice(0, 19).map(({ name }) => `Pod a/${name}`),
    "and 6 more",
  ]);
});
