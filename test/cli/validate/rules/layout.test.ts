import { toYaml } from "../../../../base/yaml";
import { filesOf, findingsIn, object, SHOP } from "./check";

const CONFIG = object("v1", "ConfigMap", "settings");

async function check(files: Record<string, string | Uint8Array>): Promise<readonly string[]> {
  const findings = await findingsIn({ ...filesOf([SHOP]), ...files });
  return findings.map(({ rule, file, reason }) => `${rule} ${file}: ${reason}`);
}

test("what the writer writes is where it belongs", async () => {
  expect(await check(filesOf([CONFIG, object("rbac.authorization.k8s.io/v1", "Role", "a:b")]))).toEqual([]);
  const withGroup = {
    "app1/c/configmap.example.com.shop.settings.yaml": toYaml({ ...CONFIG, apiVersion: "example.com/v1" }),
  };
  expect(await check(withGroup)).toEqual([]);
});

test.each([
  ["another name", "app1/c/configmap.shop.setting.yaml"],
  ["another namespace", "app1/c/configmap.other.settings.yaml"],
  ["another kind", "app1/c/secret.shop.settings.yaml"],
  ["another group", "app1/c/configmap.example.com.shop.settings.yaml"],
  ["upper case", "app1/c/ConfigMap.shop.settings.yaml"],
])("a file that says %s", async (_, file) => {
  expect(await check({ [file]: toYaml(CONFIG) })).toEqual([
    `layout/file-name ${file}: the object in it belongs in configmap.shop.settings.yaml`,
  ]);
});

test.each([
  ["at the top", "configmap.shop.settings.yaml"],
  ["beside components", "app1/configmap.shop.settings.yaml"],
  ["too deep", "app1/c/deep/configmap.shop.settings.yaml"],
])("a manifest %s", async (_, file) => {
  expect(await check({ [file]: toYaml(CONFIG) })).toContainEqual(
    `layout/unexpected-file ${file}: it is not in a component's folder`,
  );
});

test.each(["app1/c/notes.txt", "app1/c/a.yml", "app1/c/a.json", "app1/README.md", ".DS_Store", "app1/c/a.yaml.tmp"])(
  "%s is no manifest",
  async (file) => {
    expect(await check({ [file]: "" })).toEqual([`layout/unexpected-file ${file}: it is no manifest (.yaml)`]);
  },
);

test("the mark of a rendered tree belongs there", async () => {
  expect(await check({ "README.md": "x" })).toEqual([]);
});

test.each([
  ["", "it holds no object"],
  ["# only words\n", "it holds no object"],
  ["---\n---\n", "it holds no object"],
  ["~\n", "it holds no object"],
  [`${toYaml(CONFIG)}---\n${toYaml(SHOP)}`, "it holds 2 documents"],
])("%j is not one object", async (yaml, reason) => {
  expect(await check({ "app1/c/configmap.shop.settings.yaml": yaml })).toContainEqual(
    `layout/one-object app1/c/configmap.shop.settings.yaml: ${reason}`,
  );
});

test("a List hides its items", async () => {
  expect(await check({ "app1/c/list.yaml": "apiVersion: v1\nkind: List\nitems: []\n" })).toEqual([
    "layout/one-object app1/c/list.yaml: it holds a List, whose items have no files",
  ]);
});

test.each<[string | Uint8Array, RegExp]>([
  ["a: 1\na: 2\n", /duplicated mapping key/],
  ["a: [\n", /deficient indentation/],
  [new Uint8Array([0x61, 0x3a, 0x20, 0xff]), /it is not UTF-8/],
  [`a: ${"x".repeat(3 * 1024 * 1024)}`, /has 3145731 bytes; the API server takes at most 3145728/],
  ["a: &a [*a]\n", /aliases make it larger/],
])("%j cannot be read", async (content, reason) => {
  const found = await check({ "app1/c/a.yaml": content });
  expect(found).toEqual([expect.stringMatching(/^yaml\/unreadable app1\/c\/a\.yaml: /)]);
  expect(found[0]).toMatch(reason);
});

test("a word that kubectl and Flux read differently, once for each word", async () => {
  const yaml = `${toYaml(CONFIG)}immutable: yes\nother: [yes, off, "no"]\n`;
  const file = "app1/c/configmap.shop.settings.yaml";
  expect(await check({ [file]: yaml })).toEqual([
    `yaml/old-boolean ${file}: unquoted yes is a boolean for kubectl and text for Flux`,
    `yaml/old-boolean ${file}: unquoted off is a boolean for kubectl and text for Flux`,
  ]);
});
