import { readFileSync } from "node:fs";
import { until } from "../../cli/live/wait";
import { FLUX_NAMESPACE, FLUX_SOURCE } from "../../clusters/fleet";
import { BOOTY, helmRelease, kustomization, ownSource, tried } from "./access/tenant";
import { teamsOf } from "./admission/place";
import { rig } from "./rig";

const inFleet = { kind: "GitRepository", name: FLUX_SOURCE, namespace: FLUX_NAMESPACE };

const tenants = rig().planes.flatMap((plane) => teamsOf(rig(), plane.name).map((namespace) => ({ plane, namespace })));
if (tenants.length === 0) throw new Error("no cluster with a team is up; LIVE_CLUSTERS leaves them all out");

describe.each(tenants)("Flux, asked from the namespace $namespace,", ({ plane, namespace }) => {
  const { git, state } = rig();
  const { client } = plane;
  const path = `./dist/${plane.name}/priority-classes`;
  const own = ownSource(namespace, git.url, git.branch);
  const sourceRef = { kind: "GitRepository", name: own.metadata.name };
  const ours = async () =>
    JSON.stringify((await client.list("scheduling.k8s.io/v1", "PriorityClass")).map(({ metadata }) => metadata));

  beforeAll(() => client.apply(own));
  afterAll(() => client.remove(own));

  it("takes no source of the platform's", async () => {
    expect(await tried(plane, kustomization(namespace, { path, sourceRef: inFleet }))).toMatch(
      /can't access 'GitRepository\/flux-system\/fleet', cross-namespace references have been blocked/,
    );
    const chartRef = { kind: "OCIRepository", name: "reloader", namespace: FLUX_NAMESPACE };
    expect(await tried(plane, helmRelease(namespace, { chartRef }))).toMatch(
      /cross-namespace references are not allowed: cannot access OCIRepository flux-system\/reloader/,
    );
  });

  it("asks for no chart of the platform's sources either", async () => {
    const chart = { spec: { chart: "./", sourceRef: inFleet } };
    const release = helmRelease(namespace, { chart });
    const made = `${namespace}-${release.metadata.name}`;
    await client.apply(release);
    try {
      // This version of helm-controller says so in its log alone.
      const refusal = `cross-namespace references are not allowed: cannot access HelmChart ${FLUX_NAMESPACE}/${made}`;
      const log = state.log(`${plane.name}-helm-controller`);
      await until("the refusal", () => readFileSync(log, "utf8").includes(refusal));
      const { apiVersion } = own;
      expect(await client.get(apiVersion, "HelmChart", made, FLUX_NAMESPACE)).toBeUndefined();
    } finally {
      await client.remove(release);
    }
  });

  it("acts as an account that is not there where none is named, so it does nothing", async () => {
    const before = await ours();
    const said = await tried(plane, kustomization(namespace, { path, sourceRef }));
    expect(said).toMatch(
      new RegExp(
        `system:serviceaccount:${namespace}:flux-applier.* (cannot|forbidden)|forbidden.*system:serviceaccount:${namespace}:flux-applier`,
      ),
    );
    expect(await ours()).toBe(before);
  });

  it("acts as the team's own account where that is named, which may nothing", async () => {
    const before = await ours();
    const said = await tried(plane, kustomization(namespace, { path, sourceRef, serviceAccountName: namespace }));
    expect(said).toContain(`User "system:serviceaccount:${namespace}:${namespace}" cannot`);
    expect(await ours()).toBe(before);
    expect(await client.get(BOOTY.apiVersion, BOOTY.kind, BOOTY.metadata.name)).toBeUndefined();
  });
});
