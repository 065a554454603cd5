import { clusterOf, fleet, variablesOf } from "../../clusters/fleet";
import { substitution, valuesOf } from "../../infra/variables";

const sources = {
  subscriptionId: "s",
  tenantId: "t",
  kialiOauthClientId: "k",
  prometheusQueryEndpoint: "https://p",
  workloads: [],
};

test("a variable without a value is refused by name", () => {
  expect(() => substitution(fleet, clusterOf(fleet, "app2"), valuesOf(sources))).toThrow(
    /app2: no value for LEDGER_CLIENT_ID/,
  );
  const { kialiOauthClientId: _, ...without } = sources;
  expect(() => substitution(fleet, clusterOf(fleet, "mgmt"), valuesOf(without))).toThrow("KIALI_OAUTH_CLIENT_ID");
});

test("exactly the variables of a cluster are handed over", () => {
  const values = { ...valuesOf(sources), LEDGER_CLIENT_ID: "l", STOREFRONT_CLIENT_ID: "f" };
  expect(Object.keys(substitution(fleet, clusterOf(fleet, "app2"), values))).toEqual(variablesOf(fleet, "app2"));
});
