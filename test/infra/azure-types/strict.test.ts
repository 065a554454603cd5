import { checkBody } from "../../../infra/azure-types/check";
import { publishedTypes } from "../../../infra/azure-types/data";
import { declaredTypes } from "../../../infra/azure-types/declared";
import { GOOD } from "./good";
import { changed } from "./mistakes";

/** Maps, whose keys are anybody's to choose. */
const MAPS =
  /(^|\.)(tags|config|nodeLabels|configurationSettings|configurationProtectedSettings|substitute|labels|annotations)$/;
/** What Azure types as anything. */
const ANYTHING = /^(definition\b.*|.*extensionSettings\b.*|features)$/;

const OPEN = Object.entries(GOOD).flatMap(([name, resource]) =>
  places(resource.inputs).map((place) => ({ name, resource, ...place })),
);

test("a property that Azure does not know is found in every object that is no map", () => {
  const accepted = OPEN.filter(({ value }) => typeof value === "object" && !Array.isArray(value))
    .filter(({ resource, path }) => {
      const at = path === "" ? "notAProperty" : `${path}.notAProperty`;
      return checkBody(changed(resource, at, "x")).findings.length === 0;
    })
    .map(({ path }) => path)
    .filter((path) => !MAPS.test(path) && !ANYTHING.test(path));
  expect(accepted).toEqual([]);
});

test("a value of another form is found everywhere but where Azure takes anything", () => {
  const accepted = OPEN.filter(({ value }) => typeof value !== "object")
    .filter(({ resource, path, value }) => {
      const other = typeof value === "string" ? 7 : "seven";
      return checkBody(changed(resource, path, other)).findings.length === 0;
    })
    .map(({ path }) => path)
    .filter((path) => !ANYTHING.test(path));
  expect(accepted).toEqual([]);
});

test("what is written down here is not in Azure's data as well", () => {
  expect([...declaredTypes().keys()].filter((name) => publishedTypes().has(name))).toEqual([]);
});

/** Every value inside a value, with its path. */
function places(value: unknown, path = ""): readonly { readonly path: string; readonly value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => places(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [{ path, value }];
  const inside = Object.entries(value).flatMap(([name, item]) => {
    const key = /^[\w$]+$/.test(name) ? `${path === "" ? "" : "."}${name}` : `["${name}"]`;
    return places(item, path + key);
  });
  return [{ path, value }, ...inside];
}
