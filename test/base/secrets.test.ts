import { App } from "cdk8s";
import { load } from "js-yaml";
import { type SecretConsumer, Secrets } from "../../base/secrets";
import type { SecretProviderClass } from "../../imports/secrets-store.csi.x-k8s.io";
import { objectOf, objectsOf } from "../helpers/render";

const CONSUMER: SecretConsumer = {
  name: "storefront",
  namespace: "shop",
  clientId: "client",
  secrets: ["session-key", "api-token"],
};
const component = (...consumers: readonly SecretConsumer[]) =>
  new Secrets(new App(), { keyVault: "kv-demo", tenantId: "tenant", consumers });
const spec = (consumer: SecretConsumer) =>
  objectOf<SecretProviderClass>(component(consumer), "SecretProviderClass").spec;

test("one class for each workload, in the namespace of its pods", () => {
  const places = objectsOf(component(CONSUMER, { ...CONSUMER, name: "ledger", namespace: "bank" })).map(
    ({ metadata }) => metadata,
  );
  expect(places).toEqual([
    { name: "storefront", namespace: "shop" },
    { name: "ledger", namespace: "bank" },
  ]);
});

test("acts as the mounting pod's identity, not as the driver's", () => {
  expect(spec(CONSUMER)?.parameters).toMatchObject({
    clientID: "client",
    tenantId: "tenant",
    keyvaultName: "kv-demo",
    usePodIdentity: "false",
  });
  expect(spec(CONSUMER)?.parameters).not.toHaveProperty("useVMManagedIdentity");
});

test("every parameter is a string, the list of objects too, as YAML in YAML", () => {
  const parameters = spec(CONSUMER)?.parameters ?? {};
  for (const value of Object.values(parameters)) expect(typeof value).toBe("string");
  const { array } = load(parameters["objects"] ?? "") as { array: readonly string[] };
  expect(array.map((item) => load(item))).toEqual([
    { objectName: "session-key", objectType: "secret", objectVersion: "" },
    { objectName: "api-token", objectType: "secret", objectVersion: "" },
  ]);
});

test("a name that YAML would read as something else stays a name", () => {
  const { objects = "" } = spec({ ...CONSUMER, secrets: ["1e3", "no"] })?.parameters ?? {};
  const { array } = load(objects) as { array: readonly string[] };
  expect(array.map((item) => (load(item) as { objectName: unknown }).objectName)).toEqual(["1e3", "no"]);
});

test("nothing is copied into etcd unless asked for", () => {
  expect(spec(CONSUMER)).not.toHaveProperty("secretObjects");
  const synced = spec({ ...CONSUMER, secrets: ["api-token"], syncTo: { secretName: "api", key: "token" } });
  expect(synced?.secretObjects).toEqual([
    { secretName: "api", type: "Opaque", data: [{ objectName: "api-token", key: "token" }] },
  ]);
});

test.each<[string, Partial<SecretConsumer>, RegExp]>([
  ["no secret", { secrets: [] }, /no secret is listed/],
  ["a name that Key Vault refuses", { secrets: ["tls.crt"] }, /"tls\.crt" is no name for a Key Vault secret/],
  ["one secret twice", { secrets: ["a", "a"] }, /"a" is listed twice/],
  ["two secrets for one key", { syncTo: { secretName: "s", key: "k" } }, /syncTo has one key/],
])("refuses %s", (_, props, message) => {
  expect(() => component({ ...CONSUMER, ...props })).toThrow(message);
  expect(() => component({ ...CONSUMER, ...props })).toThrow("shop/storefront");
});
