import { presets } from "../../clusters/presets";
import { PRESETS, rendered } from "../helpers/fleet";

describe.each(PRESETS)("C1: a failure of mgmt does not touch what runs on app clusters (%s)", (_, fleet) => {
  const clusters = rendered(fleet);

  it("no manifest of an application cluster names mgmt", () => {
    for (const name of ["app1", "app2"]) {
      for (const object of clusters.get(name)?.objects ?? []) expect(JSON.stringify(object)).not.toMatch(/\bmgmt\b/);
    }
  });

  it("application clusters render to the same bytes in a fleet that has no mgmt", () => {
    const alone = rendered({
      ...fleet,
      clusters: fleet.clusters.filter((cluster) => cluster.name !== "mgmt"),
      identities: fleet.identities.map((identity) => ({
        ...identity,
        clusters: identity.clusters.filter((name) => name !== "mgmt"),
      })),
    });
    expect([...alone.keys()]).toEqual(["app1", "app2"]);
    for (const [name, cluster] of alone) expect(cluster.components).toEqual(clusters.get(name)?.components);
  });

  it("every cluster pulls for itself, from its own folder, with its own certificates", () => {
    for (const [name, cluster] of clusters) {
      const paths = cluster.ofKind("Kustomization").map((object) => object["spec"].path);
      expect(paths.length).toBeGreaterThan(5);
      for (const path of paths) expect(path).toMatch(new RegExp(`^\\./dist/${name}/`));
    }
    const issuing = [...clusters.values()].filter((cluster) => cluster.ofKind("Certificate").length > 0);
    for (const cluster of issuing) expect(cluster.ofKind("ClusterIssuer").length).toBeGreaterThan(0);
  });
});

it("the presets are the ones people know", () => {
  expect(Object.keys(presets).sort()).toEqual(["default", "demo"]);
});
