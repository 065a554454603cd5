import { delivered } from "../../../cli/live/flux";
import { fakePlane, kustomization } from "./plane";

it("what Flux says is read of each Kustomization, the root first", async () => {
  const plane = fakePlane("app1", () => [
    kustomization("b", { ready: false, message: "no", revision: "1".repeat(40) }),
    kustomization("fleet-root", { objects: ["flux-system_b_kustomize_Kustomization", "_a__Namespace"] }),
    kustomization("a"),
    { ...kustomization("elsewhere", {}), metadata: { name: "elsewhere", namespace: "default" } },
  ]);
  expect(await delivered(plane)).toEqual([
    {
      cluster: "app1",
      component: "root",
      ready: true,
      revision: "abc1234",
      attempted: "abc1234",
      message: "Applied",
      objects: ["_a__Namespace_v1", "flux-system_b_kustomize_Kustomization_v1"],
      since: "2026-01-01T00:00:01Z",
    },
    { cluster: "app1", component: "a", ready: false, message: "not looked at yet", objects: [] },
    {
      cluster: "app1",
      component: "b",
      ready: false,
      revision: "1".repeat(40),
      attempted: "1".repeat(40),
      message: "no",
      objects: [],
      since: "2026-01-01T00:00:01Z",
    },
  ]);
});
