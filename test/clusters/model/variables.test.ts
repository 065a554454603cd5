import { clientIdVariable, PLATFORM_VARIABLES, variable, variablesOf } from "../../../clusters/model";
import { demo } from "../../../clusters/presets/demo";
import { fleet } from "./support";

test("a variable's reference and an identity's variable", () => {
  expect(variable("AZURE_TENANT_ID")).toBe(`\${AZURE_TENANT_ID}`);
  expect(clientIdVariable("cert-manager")).toBe("CERT_MANAGER_CLIENT_ID");
});

test("a cluster has the variables of its identities and components, sorted", () => {
  expect(variablesOf(fleet, "mgmt")).toEqual([
    "AZURE_SUBSCRIPTION_ID",
    "AZURE_TENANT_ID",
    "CERT_MANAGER_CLIENT_ID",
    "EXTERNAL_SECRETS_CLIENT_ID",
    "KIALI_CLIENT_ID",
    "KIALI_OAUTH_CLIENT_ID",
    "PROMETHEUS_QUERY_ENDPOINT",
  ]);
  expect(variablesOf(fleet, "app2")).toEqual(["AZURE_TENANT_ID", "LEDGER_CLIENT_ID"]);
});

test("every variable is one that Flux substitutes", () => {
  for (const name of [...PLATFORM_VARIABLES, ...["mgmt", "app1", "app2"].flatMap((name) => variablesOf(demo, name))]) {
    expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/);
  }
});
