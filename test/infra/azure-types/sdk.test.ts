import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedTypes } from "../../../infra/azure-types/data";
import { declaredTypes } from "../../../infra/azure-types/declared";
import type { ArmObject } from "../../../infra/azure-types/model";
import { BESIDE_BODY } from "../../../infra/azure-types/special";
import { TOKENS } from "../../../infra/azure-types/tokens";
import { viewOf } from "../../../infra/azure-types/view";

const SDK = join(__dirname, "../../../infra/node_modules/@pulumi/azure-native");
// azure-native lets the id be set that it computes itself, and in two places a type; nobody writes them.
const NEVER_WRITTEN = ["id", "type"];
// What the types written down here leave out.
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  "logic:Workflow": ["endpointsConfiguration", "integrationAccount", "integrationServiceEnvironment"],
  "monitor:DiagnosticSetting": ["marketplacePartnerId", "serviceBusRuleId"],
};

function declarationOf(key: string): string {
  const [module = "", resource = ""] = key.split(":");
  return readFileSync(join(SDK, module, `${resource.slice(0, 1).toLowerCase()}${resource.slice(1)}.d.ts`), "utf8");
}

/** Inputs that a resource's class takes, and whether it must have them. */
function inputsOf(key: string): ReadonlyMap<string, boolean> {
  const text = declarationOf(key);
  const members = text.slice(text.indexOf("export interface "));
  return new Map(
    [...members.matchAll(/^ {4}(\w+)(\??): /gm)].map(([, name = "", optional]) => [name, optional === ""]),
  );
}

function typeOf(key: string): ArmObject {
  const entry = TOKENS[key];
  const version = `${entry?.type}@${entry?.version}`.toLowerCase();
  const type = publishedTypes().get(version) ?? declaredTypes().get(version);
  if (type?.kind !== "object") throw new Error(`${version} is not there`);
  return type;
}

describe.each(Object.entries(TOKENS))("%s in the installed azure-native", (key, entry) => {
  test("uses the API version of the table", () => {
    expect(declarationOf(key)).toContain(`Uses Azure REST API version ${entry.version}.`);
  });

  test("has its name and address among its inputs", () => {
    const inputs = inputsOf(key);
    expect([entry.name, ...entry.address].filter((input) => !inputs.has(input))).toEqual([]);
    const optional = entry.address.filter((input) => inputs.get(input) === false);
    expect(optional).toEqual([]);
  });

  test("takes no input that the types do not know", () => {
    const known = new Set([
      ...viewOf(typeOf(key), !entry.nested).slots.keys(),
      ...[entry.name, ...entry.address, ...NEVER_WRITTEN],
      ...(BESIDE_BODY[key] ?? []),
      ...(LEFT_OUT[key] ?? []),
    ]);
    expect([...inputsOf(key).keys()].filter((input) => !known.has(input))).toEqual([]);
  });
});
