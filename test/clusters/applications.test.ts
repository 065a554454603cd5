import type { ApplicationProps } from "../../base/application";
import { placeApplications } from "../../clusters/applications";
import { clusterOf, type Fleet, fleet } from "../../clusters/fleet";

const app = (over: Partial<ApplicationProps> = {}): ApplicationProps => ({
  name: "storefront",
  namespace: "storefront",
  image: "acrk8sdemo7f3a.azurecr.io/storefront:1.0.0",
  port: 8080,
  replicas: { min: 2, max: 4 },
  resources: { cpu: "100m", memory: "128Mi" },
  ...over,
});
const place = (applications: readonly ApplicationProps[], cluster = "app1", own: Fleet = fleet) =>
  placeApplications(own, clusterOf(own, cluster), applications);

describe("placeApplications", () => {
  it("adds what the fleet says of the place", () => {
    expect(place([app({ secrets: ["storefront-session-key"] })])).toEqual([
      {
        ...app({ secrets: ["storefront-session-key"] }),
        meshed: true,
        callers: [],
        clientId: "${STOREFRONT_CLIENT_ID}",
      },
    ]);
  });

  it("gives an identity to an application that reads no secret, too", () => {
    expect(place([app()])[0]?.clientId).toBe("${STOREFRONT_CLIENT_ID}");
  });

  it.each([
    [
      "a namespace that no team has",
      app({ namespace: "shop" }),
      /namespace shop, which the fleet gives to no team .* Fix: add \{ namespace: "shop"/,
    ],
    [
      "a host the gateway does not know",
      app({ host: "x.example.com" }),
      /host x\.example\.com.* Fix: add storefront: "x\.example\.com" to mesh\.ingress\.hosts of app1/,
    ],
    ["a secret nobody declared", app({ secrets: ["nosuch"] }), /secret nosuch, which Key Vault is not known to hold/],
    [
      "a secret of somebody else",
      app({ secrets: ["ledger-database-password"] }),
      /its identity storefront may not\. Fix: add \{ role: "Key Vault Secrets User"/,
    ],
    [
      "secrets without an identity",
      app({ name: "other", secrets: ["storefront-session-key"] }),
      /reads secrets but has no identity\. Fix: .*serviceAccount: "other"/,
    ],
    [
      "a call into the void",
      app({ calls: [{ application: "nosuch", port: 80 }] }),
      /calls storefront\/nosuch, which this cluster does not run/,
    ],
  ])("refuses %s and says how to mend it", (_, wrong, message) => {
    expect(() => place([wrong])).toThrow(message);
  });

  it("names the overlay and every problem at once", () => {
    const act = () => place([app({ host: "x.example.com", secrets: ["nosuch"] }), app()]);
    expect(act).toThrow(
      /^clusters\/app1\.ts: .*\nclusters\/app1\.ts: .*\nclusters\/app1\.ts: .*\nclusters\/app1\.ts: two applications are called storefront/,
    );
  });

  it("refuses an overlay that forgot the applications of its teams", () => {
    expect(() => place([])).toThrow(/the overlay has no application/);
    expect(place([], "mgmt")).toEqual([]);
  });

  describe("calls between applications", () => {
    const other = (over: Partial<ApplicationProps> = {}) => app({ name: "cart", port: 9090, ...over });

    it("make the caller known to the called", () => {
      const placed = place([app({ calls: [{ application: "cart", port: 9090 }] }), other()]);
      expect(placed.map(({ name, callers }) => [name, callers])).toEqual([
        ["storefront", []],
        ["cart", [{ name: "storefront", namespace: "storefront" }]],
      ]);
    });

    it("must name the port that the called one listens on", () => {
      expect(() => place([app({ calls: [{ application: "cart", port: 80 }] }), other()])).toThrow(
        /port 80, but it listens on 9090/,
      );
    });

    it("cannot come from outside the mesh into it", () => {
      const both: Fleet = {
        ...fleet,
        clusters: fleet.clusters.map((cluster) =>
          cluster.name === "app1"
            ? {
                ...cluster,
                applications: [
                  ...(cluster.applications ?? []),
                  { namespace: "plain", meshed: false, quota: { cpu: 1, memoryGiB: 1, pods: 5 } },
                ],
              }
            : cluster,
        ),
      };
      const calling = app({
        name: "batch",
        namespace: "plain",
        calls: [{ application: "cart", namespace: "storefront", port: 9090 }],
      });
      expect(() => place([calling, other()], "app1", both)).toThrow(
        /takes only mutual TLS, .* Fix: set meshed: true for plain/,
      );
    });
  });
});
