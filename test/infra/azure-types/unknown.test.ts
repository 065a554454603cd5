import { armBody, checkResource, checkResources } from "../../../infra/azure-types";
import { GOOD } from "./good";
import { changed } from "./mistakes";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Every place of a value, leaves and branches. */
function places(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => [`${path}[${index}]`, ...places(item, `${path}[${index}]`)]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const place = /^\w+$/.test(name) ? `${path === "" ? "" : `${path}.`}${name}` : `${path}["${name}"]`;
    return [place, ...places(item, place)];
  });
}

// The place where a value is unknown decides which rule can still speak; none may complain of what it cannot see.
describe.each([
  ["left undefined", undefined],
  ["as the engine sends it", UNKNOWN],
  ["as an output value without value", { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" }],
])("a value that is not known, %s", (_, unknown) => {
  test.each(Object.entries(GOOD))("is taken for right anywhere in %s", (_name, resource) => {
    const complaints = places(resource.inputs).flatMap((place) =>
      checkResources([changed(resource, place, unknown)]).map(
        ({ path, reason }) => `without ${place}: ${path} ${reason}`,
      ),
    );
    expect(complaints).toEqual([]);
  });
});

describe("a secret in the engine's envelope", () => {
  const secret = (value: unknown) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
  });

  test("is checked by its content", () => {
    const at = "configurationProtectedSettings.sshPrivateKey";
    expect(checkResource(changed(GOOD.flux, at, secret("YQ==")))).toEqual([]);
    expect(checkResource(changed(GOOD.flux, at, secret("in clear")))).toMatchObject([{ check: "flux-secret" }]);
    expect(checkResource(changed(GOOD.flux, at, secret(3)))).toMatchObject([{ check: "wrong-type" }]);
  });
});

describe("what is not a resource of Azure", () => {
  test.each(["pulumi:pulumi:Stack", "pulumi:providers:azure-native", "fleet:infra:Network"])(
    "%s is not looked at",
    (type) => {
      const resource = { type, name: "any", inputs: { anything: 1 } };
      expect(checkResources([resource])).toEqual([]);
      expect(armBody(resource)).toEqual({});
    },
  );

  test("a type of Azure that the table does not know is a problem, and says what to do", () => {
    const resource = { type: "azure-native:web:WebApp", name: "site", inputs: { resourceGroupName: "rg" } };
    expect(checkResource(resource)).toEqual([
      {
        resource: "azure-native:web:WebApp site",
        check: "no-type",
        path: "type",
        reason: "azure-native:web:WebApp is not in the table of resource types",
        fix: "add it to TOKENS in infra/azure-types/token-table.ts and run npm run azure-types",
      },
    ]);
  });
});
