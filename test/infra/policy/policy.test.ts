import { violations } from "../../../infra/policy/offline";
import { POLICIES } from "../../../infra/policy/pack";
import type { RecordedResource } from "../../../infra/record";
import { PRESETS, provisioned } from "../helpers";
import { type Breach, type Inputs, set } from "./breach";
import { BREACHES } from "./breaches";

/** The recorded resources, with the first of a type changed. */
function broken(
  resources: readonly RecordedResource[],
  { type, change }: Pick<Breach, "type" | "change">,
): readonly RecordedResource[] {
  const first = resources.find((resource) => resource.type === `azure-native:${type}`);
  if (!first) throw new Error(`no ${type} is registered`);
  return resources.map((each) =>
    each === first ? { ...each, inputs: change(each.inputs as Inputs) as RecordedResource["inputs"] } : each,
  );
}

test.each(PRESETS)("the %s fleet keeps every policy", async (preset) => {
  expect(await violations((await provisioned(preset)).resources)).toEqual([]);
});

test.each(BREACHES)("$policy refuses $what", async (breach) => {
  const found = await violations(broken((await provisioned("default")).resources, breach));
  expect(found.filter(({ policy }) => policy === breach.policy).map(({ message }) => message)).toEqual([
    expect.stringContaining(breach.says),
  ]);
});

test("data-is-protected speaks up when a teardown has turned protection off", async () => {
  const { resources } = await provisioned("default");
  const found = await violations(
    resources.map((each) => (each.type.endsWith(":Vault") ? { ...each, protect: false } : each)),
  );
  expect(found).toEqual([
    expect.objectContaining({
      policy: "data-is-protected",
      level: "advisory",
      message: expect.stringContaining("not protected"),
    }),
  ]);
});

test("least-privilege refuses a custom role with a wildcard", async () => {
  const breach = {
    type: "authorization:RoleDefinition",
    change: set("permissions.0.actions", ["Microsoft.ContainerService/*"]),
  };
  const found = await violations(broken((await provisioned("demo")).resources, breach));
  expect(found).toEqual([expect.objectContaining({ policy: "least-privilege", resource: "cluster-power" })]);
});

test("every policy has a fixture that breaks it", () => {
  const covered = new Set([...BREACHES.map(({ policy }) => policy), "data-is-protected"]);
  expect(POLICIES.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
});
