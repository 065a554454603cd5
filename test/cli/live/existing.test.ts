import fc from "fast-check";
import { chooseExisting, existingFor, reachesLoopback, wantsExisting } from "../../../cli/live/existing";
import { CA, data, type Given, kubeconfig, withKubeconfigs } from "./kubeconfigs";

type Contexts = Readonly<Record<string, Given>>;
const named = (...names: readonly string[]): Contexts => Object.fromEntries(names.map((name) => [name, {}]));

/** Contexts that are chosen, by cluster. */
const choose = (
  contexts: Contexts,
  clusters: readonly string[],
  { current, allowed }: { readonly current?: string; readonly allowed?: string } = {},
) =>
  withKubeconfigs({ "config.yaml": kubeconfig(contexts, current) }, (config) =>
    chooseExisting(config, clusters, allowed ? { allowed } : {}).map(
      ({ cluster, context }) => `${cluster}: ${context}`,
    ),
  );

it.each([
  ["true", true],
  ["True", true],
  ["1", false],
  ["", false],
  [undefined, false],
])("USE_EXISTING_CLUSTER=%s: %p", (value, wanted) => {
  expect(wantsExisting(value === undefined ? {} : { USE_EXISTING_CLUSTER: value })).toBe(wanted);
});

describe("a context is taken", () => {
  it("by the name of the cluster, of kind, k3d and the rig", async () => {
    const all = named("prod", "kind-mgmt", "k3d-app1", "rig-app2", "kind-other");
    const chosen = ["mgmt: kind-mgmt", "app1: k3d-app1", "app2: rig-app2"];
    expect(await choose(all, ["mgmt", "app1", "app2"], { current: "prod" })).toEqual(chosen);
  });

  it("for one cluster alone also where the person is, if that can only be a test cluster", async () => {
    for (const current of ["kind-kind", "k3d-x", "rig-x"])
      expect(await choose(named(current, "prod"), ["app1"], { current })).toEqual([`app1: ${current}`]);
    const both = named("kind-kind", "kind-app1");
    expect(await choose(both, ["app1"], { current: "kind-kind" })).toEqual(["app1: kind-app1"]);
  });

  it("for one cluster alone as a variable permits it, whatever its name, before all others", async () => {
    const all = named("kind-app1", "staging", "prod");
    const given = { current: "kind-app1", allowed: "staging" };
    expect(await choose(all, ["app1"], given)).toEqual(["app1: staging"]);
  });
});

describe("no other context is ever taken", () => {
  const REFUSED: readonly [string, Contexts, readonly string[], { current?: string; allowed?: string }, RegExp][] = [
    [
      "the current one",
      named("prod"),
      ["app1"],
      { current: "prod" },
      /app1: there is no context kind-app1, k3d-app1, rig-app1\. Fix: /,
    ],
    [
      "the current one of several clusters",
      named("kind-x", "kind-app2"),
      ["app1", "app2"],
      { current: "kind-x" },
      /app1: there is no/,
    ],
    ["one that only ends so", named("my-kind-app1"), ["app1"], { current: "my-kind-app1" }, /app1: there is no/],
    ["one that begins with more", named("kind-app10"), ["app1"], {}, /app1: there is no/],
    [
      "what another name permits",
      named("prod"),
      ["app1"],
      { current: "prod", allowed: "pro" },
      /context pro: it is not there/,
    ],
    [
      "what is permitted to one, for several",
      named("kind-app1", "kind-app2"),
      ["app1", "app2"],
      { allowed: "kind-app1" },
      /E2E_ALLOW_CONTEXT permits one context, but 2 clusters/,
    ],
    [
      "one of two",
      named("kind-app1", "rig-app1"),
      ["app1"],
      {},
      /there are kind-app1 and rig-app1\. Fix: E2E_ALLOW_CONTEXT=kind-app1/,
    ],
    [
      "a current one that is not there",
      named("prod"),
      ["app1"],
      { current: "kind-gone" },
      /context kind-gone: it is not there/,
    ],
    [
      "one that cannot be used",
      { "kind-app1": { user: { exec: {} } } },
      ["app1"],
      {},
      /app1: context kind-app1: its user signs in with a plugin/,
    ],
    ["any where there is none", {}, ["app1"], {}, /which has no context; current: none/],
  ];

  it.each(REFUSED)("%s", (_, contexts, clusters, given, reason) =>
    expect(choose(contexts, clusters, given)).rejects.toThrow(reason),
  );

  it("whatever contexts there are", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.constantFrom("prod", "kind-app1", "kind-x", "rig-app2", "k3d-", "kindapp1", "app1", "KIND-app1"),
        ),
        fc.option(fc.constantFrom("prod", "kind-x", "app1", "kindapp1", "KIND-app1"), { nil: undefined }),
        fc.subarray(["app1", "app2"], { minLength: 1 }),
        async (contexts, current, clusters) => {
          const chosen = await choose(named(...contexts), clusters, current ? { current } : {}).catch(() => []);
          for (const each of chosen) expect(each).toMatch(/: (kind|k3d|rig)-/);
        },
      ),
      { numRuns: 60 },
    ));

  it("also not twice for two clusters, under two names", () => {
    const same = { cluster: { server: "https://127.0.0.1:1", "certificate-authority-data": data(CA.cert) } };
    const contexts = { "kind-app1": same, "rig-app2": same };
    return expect(choose(contexts, ["app1", "app2"])).rejects.toThrow(/kind-app1 and rig-app2 are one API server/);
  });
});

it("everything that is in the way is told at once, with what there is, and the way out", () =>
  withKubeconfigs(
    { "config.yaml": kubeconfig({ "kind-app2": { user: { exec: {} } }, prod: {} }, "prod") },
    (_, folder) => {
      const env = { KUBECONFIG: `${folder}/config.yaml:${folder}/none` };
      const act = () => existingFor(["mgmt", "app1", "app2"], env);
      for (const words of [
        "USE_EXISTING_CLUSTER is set, but no test cluster can be used:",
        "  mgmt: there is no",
        "  app1: there is no",
        "  app2: context kind-app2: its user signs in with a plugin (exec)",
        `Looked in ${folder}/config.yaml, ${folder}/none, which has the contexts kind-app2, prod; current: prod`,
        "unset USE_EXISTING_CLUSTER",
      ])
        expect(act).toThrow(words);
    },
  ));

it("a kubeconfig that is none is told as such", () =>
  withKubeconfigs({ config: "- a" }, (_, folder) => {
    const env = { KUBECONFIG: `${folder}/config` };
    expect(() => existingFor(["app1"], env)).toThrow(
      `USE_EXISTING_CLUSTER is set, but no test cluster can be used:\n  ${folder}/config is no kubeconfig`,
    );
  }));

it.each([
  ["rig-app1", "https://127.0.0.1:1", true],
  ["rig-app1", "https://localhost:1", true],
  ["rig-app1", "https://[::1]:1", true],
  ["kind-app1", "https://127.0.0.1:1", false],
  ["rig-app1", "https://10.0.0.1:1", false],
  ["rig-app1", "https://127.0.0.1.example.com", false],
])("an API server of %s at %s reaches webhooks on loopback: %p", (context, server, reaches) => {
  expect(reachesLoopback({ cluster: "app1", context, credentials: { server, ca: "", token: "" } })).toBe(reaches);
});
