import { type Arrival, DeliveryError, delivery } from "../../../cli/live/deliver";
import { deadPlane, fakePlane, kustomization } from "./plane";

const COMMIT = "abc1234def";
const good = { revision: COMMIT };

/** Components of every cluster here. */
const components = () => ["namespaces", "workloads"];

/** Three objects as a cluster has them: its root, which Flux names after the source, and two components. */
const cluster = (root = good, namespaces = good as object, workloads = good as object) => [
  kustomization("fleet-root", root),
  kustomization("namespaces", namespaces),
  kustomization("workloads", workloads),
];

it("all are told as they arrive, in order, with how many are left", async () => {
  const old = { revision: "0ld" };
  const steps = [
    cluster(good, old, old),
    cluster(good, good, old),
    cluster(good, good, { ...good, ready: false }),
    cluster(),
  ];
  const app1 = fakePlane("app1", () => (steps.length > 1 ? steps.shift() : steps[0]) ?? []);
  const told: string[] = [];
  const onArrival = ({ cluster: name, component }: Arrival, left: number) => told.push(`${name}/${component} ${left}`);
  const arrivals = await delivery({ planes: [app1], components, commit: COMMIT }, { onArrival });
  expect(told).toEqual(["app1/root 2", "app1/namespaces 1", "app1/workloads 0"]);
  expect(arrivals.map(({ component, ready }) => [component, ready])).toEqual([
    ["root", true],
    ["namespaces", true],
    ["workloads", true],
  ]);
});

it("all have to be Ready at one look: what was may have begun anew", async () => {
  let look = 0;
  const app1 = fakePlane("app1", () => {
    look += 1;
    // Never both at once, until the sixth look.
    const swings = look < 6 ? look % 2 === 0 : true;
    return cluster(good, { ...good, ready: swings }, { ...good, ready: look < 6 ? !swings : true });
  });
  await delivery({ planes: [app1], components, commit: COMMIT });
  expect(look).toBe(6);
});

it("what was Ready before its specification changed is not", async () => {
  const stale = { ...good, generation: 2, observed: 1 };
  const app1 = fakePlane("app1", () => cluster(good, stale));
  await expect(delivery({ planes: [app1], components, commit: COMMIT }, { timeout: 1 })).rejects.toThrow(
    "app1/namespaces: ",
  );
});

it("what does not arrive is an error that says of each why, at which commit, also where nothing answers", async () => {
  const failing = { revision: "0123456789", ready: false, message: "Deployment/ledger: denied by policy" };
  const app1 = fakePlane("app1", () => cluster(good, good, failing).slice(0, 3));
  const app2 = fakePlane("app2", () => [kustomization("fleet-root", good), kustomization("namespaces")]);
  const planes = [app1, app2, deadPlane("mgmt")];
  const error: unknown = await delivery({ planes, components, commit: COMMIT }, { timeout: 1 }).catch(
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(DeliveryError);
  expect((error as Error).message).toBe(
    `Not everything is Ready at abc1234 after 0 s:
  app1/workloads: Deployment/ledger: denied by policy (at 0123456)
  app2/namespaces: not looked at yet (at nothing)
  app2/workloads: not there (at nothing)
  mgmt/root: not there (at nothing)
  mgmt/namespaces: not there (at nothing)
  mgmt/workloads: not there (at nothing)`,
  );
  expect((error as DeliveryError).missing).toHaveLength(6);
});

it("the wait ends with the reason of the signal", async () => {
  const app1 = fakePlane("app1", () => []);
  const signal = AbortSignal.abort(new Error("interrupted"));
  await expect(delivery({ planes: [app1], components, commit: COMMIT }, { signal })).rejects.toThrow("interrupted");
});
