import { WORKLOAD_IDENTITY_LABEL } from "../../base/workload-identity";
import type { LiveObject } from "../../cli/live/client";
import { FLUX_NAMESPACE, identitiesOf } from "../../clusters/fleet";
import { claimsOf, clientIdIn, provisioned } from "./access/identities";
import { allowed, rulesOf, userOf } from "./access/review";
import { attempts, HOLDERS, NEEDS, POWERS } from "./access/tables";
import { teamsOf } from "./admission/place";
import type { PodSpec } from "./admission/pods";
import { handed } from "./pushed";
import { rig } from "./rig";

const AUDIENCE = "api://AzureADTokenExchange";
const CLIENT_ID = "azure.workload.identity/client-id";
const [USES] = Object.keys(WORKLOAD_IDENTITY_LABEL) as [string];
/** Chart that stands in for one that cannot be had here. */
const STAND_IN = "aks-fleet/stand-in";

describe.each(rig().planes)("access on $name", (plane) => {
  const live = rig();
  const { client } = plane;
  const teams = teamsOf(live, plane.name);
  const identities = identitiesOf(live.fleet, plane.name);
  const accounts = async () =>
    (await client.list("v1", "ServiceAccount"))
      .map(({ metadata: { namespace = "", name } }) => ({ namespace, name, key: `${namespace}/${name}` }))
      // Those of Kubernetes itself; its own controllers sign in as them.
      .filter(({ namespace, name }) => namespace !== "kube-system" || name === "default");

  describe("of the platform's accounts", () => {
    it("only those that are known to hold power over the cluster do", async () => {
      const all = await accounts();
      const present = new Set(all.map(({ key }) => key));
      expect(present).toContain("flux-system/flux-applier");
      const found: Record<string, readonly string[]> = {};
      for (const { namespace, name, key } of all) {
        const held = await allowed(client, userOf(namespace, name), POWERS);
        if (held.length > 0) found[key] = held;
      }
      expect(found).toEqual(Object.fromEntries(Object.entries(HOLDERS).filter(([key]) => present.has(key))));
    });

    it("each may do what its work takes", async () => {
      for (const { namespace, name, key } of await accounts()) {
        const needs = NEEDS[key] ?? [];
        expect({ key, may: await allowed(client, userOf(namespace, name), needs) }).toEqual({ key, may: needs });
      }
    });
  });

  it("applications, default accounts and whoever merely signs in may nothing", async () => {
    const holders = new Set([...Object.keys(HOLDERS), ...Object.keys(NEEDS)]);
    const powerless = (await accounts()).filter(
      ({ name, namespace }) => name === "default" || teams.includes(namespace),
    );
    expect(powerless.length).toBeGreaterThan(teams.length + 4);
    for (const { namespace, name, key } of powerless) {
      expect(holders).not.toContain(key);
      for (const where of new Set([namespace, FLUX_NAMESPACE, "kube-system"])) {
        expect({ key, rules: await rulesOf(client, userOf(namespace, name), where) }).toEqual({ key, rules: NOTHING });
      }
    }
    const users = ["anybody", "system:anonymous", ...teams.map((team) => userOf(team, team))];
    for (const user of users) {
      const namespace = teams[0] ?? "default";
      expect({ user, may: await allowed(client, user, attempts(namespace)) }).toEqual({ user, may: [] });
    }
  });

  it("no pod of an application carries a token of Kubernetes", async () => {
    for (const namespace of teams) {
      const pods = await client.list("v1", "Pod", namespace);
      expect(pods.length).toBeGreaterThan(0);
      for (const pod of pods) {
        const { volumes = [] } = pod.spec as unknown as PodSpec;
        expect(JSON.stringify(volumes)).not.toContain("serviceAccountToken");
      }
      const owned = await client.list("v1", "ServiceAccount", namespace);
      for (const account of owned.filter(({ metadata }) => metadata.name !== "default")) {
        expect(account).toMatchObject({ automountServiceAccountToken: false });
      }
    }
  });

  describe("in Azure", () => {
    it("exactly the fleet's accounts act, each as the identity that was handed over", async () => {
      const values = await handed(plane);
      expect(values).toEqual((await provisioned(plane.name)).variables);
      const all = await client.list("v1", "ServiceAccount");
      const annotated = all.filter(({ metadata }) => metadata.annotations?.[CLIENT_ID] !== undefined).map(placed);
      const named: string[] = [];
      for (const { name, namespace, serviceAccount, component } of identities) {
        const account = await client.get("v1", "ServiceAccount", serviceAccount, namespace);
        expect(account?.metadata.name).toBe(serviceAccount);
        const id = clientIdIn(values, name);
        // cert-manager is told by its issuers, and only there.
        if (component === "cert-manager") {
          const issuers = await client.list("cert-manager.io/v1", "ClusterIssuer");
          expect(issuers.length).toBeGreaterThan(0);
          for (const { spec } of issuers)
            expect(JSON.stringify(spec)).toContain(`"managedIdentity":{"clientID":"${id}"}`);
        } else {
          expect(account?.metadata.annotations?.[CLIENT_ID]).toBe(id);
          named.push(`${namespace}/${serviceAccount}`);
        }
        for (const { spec } of await client.list("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", namespace)) {
          expect(spec?.["parameters"]).toMatchObject({ clientID: id });
        }
      }
      expect(annotated.sort()).toEqual(named.sort());
    });

    it("pods that act carry the label, and no others", async () => {
      const pods = await client.list("v1", "Pod");
      for (const { namespace, serviceAccount } of identities) {
        const own = pods.filter(({ metadata }) => metadata.namespace === namespace);
        // Of a chart that is not there, what it would be told.
        if (own.every(({ metadata }) => metadata.labels?.[STAND_IN])) {
          const release = await client.get("helm.toolkit.fluxcd.io/v2", "HelmRelease", namespace, FLUX_NAMESPACE);
          expect(JSON.stringify(release?.spec?.["values"])).toContain(`"${USES}":"true"`);
          continue;
        }
        const acting = own.filter((pod) => accountOf(pod) === serviceAccount);
        expect({ namespace, pods: acting.length > 0 }).toEqual({ namespace, pods: true });
        for (const { metadata } of acting) expect(metadata.labels).toMatchObject(WORKLOAD_IDENTITY_LABEL);
      }
      const accountsThatAct = identities.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
      const labelled = pods.filter(({ metadata }) => metadata.labels?.[USES] !== undefined);
      for (const pod of labelled) expect(accountsThatAct).toContain(`${pod.metadata.namespace}/${accountOf(pod)}`);
    });

    it("Entra ID trusts the tokens that these accounts get, and no other account has its trust", async () => {
      const { credentials } = await provisioned(plane.name);
      const trusted = credentials.map(({ subject, audiences }) => ({ subject, audiences }));
      const issued: typeof trusted = [];
      for (const { namespace, serviceAccount } of identities) {
        const { sub, aud } = await claimsOf(client, namespace, serviceAccount, AUDIENCE);
        issued.push({ subject: sub, audiences: aud });
      }
      const order = (a: { subject: string }, b: { subject: string }) => a.subject.localeCompare(b.subject);
      expect(issued.sort(order)).toEqual(trusted.sort(order));
      const stranger = await claimsOf(client, "default", "default", AUDIENCE);
      expect(trusted.map(({ subject }) => subject)).not.toContain(stranger.sub);
    });
  });
});

/** What everybody who signs in may: ask who they are and what they may, and what the server is. */
const NOTHING = [
  { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
  {
    verbs: ["create"],
    apiGroups: ["authorization.k8s.io"],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
  },
  ...[
    ["/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks", "/openid/v1/jwks/"],
    [
      "/api",
      "/api/*",
      "/apis",
      "/apis/*",
      "/healthz",
      "/livez",
      "/openapi",
      "/openapi/*",
      "/readyz",
      "/version",
      "/version/",
    ],
    ["/healthz", "/livez", "/readyz", "/version", "/version/"],
  ].map((nonResourceURLs) => ({ verbs: ["get"], nonResourceURLs })),
]
  .map((rule) => JSON.stringify(rule))
  .sort();

function accountOf({ spec }: LiveObject): string | undefined {
  return (spec as unknown as PodSpec).serviceAccountName;
}

function placed({ metadata: { namespace, name } }: LiveObject): string {
  return `${namespace}/${name}`;
}
