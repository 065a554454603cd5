import { manifest, tree } from "./repository";
import { compareFiles } from "./trees";

const below = (files: Record<string, string | Uint8Array>) =>
  new Map(Object.entries(files).map(([path, text]) => [path.replace(/^dist\//, ""), text]));
const good = below(tree());
const more = (files: Record<string, string | Uint8Array>) =>
  new Map<string, string | Uint8Array>([...good, ...Object.entries(files)]);

describe("bad manifests are named, on either side", () => {
  it.each([
    ["no YAML", { "one/app/a.yaml": "a: [" }, "one/app/a.yaml: "],
    ["a key twice", { "one/app/a.yaml": "a: 1\na: 2\n" }, "one/app/a.yaml: "],
    [
      "no object",
      { "one/app/a.yaml": "just text\n" },
      "one/app/a.yaml: it holds something that is no Kubernetes object",
    ],
    [
      "an object without a name",
      { "one/app/a.yaml": "apiVersion: v1\nkind: ConfigMap\n" },
      "its object has no metadata.name",
    ],
    ["an empty file", { "one/app/a.yaml": "" }, "one/app/a.yaml: it holds no object"],
    ["no UTF-8", { "one/app/a.yaml": Uint8Array.from([0xff, 0xfe]) }, "one/app/a.yaml: it is not UTF-8"],
    [
      "more than the API server reads",
      { "one/app/a.yaml": "#".repeat(3 * 1024 * 1024 + 1) },
      "the API server takes at most",
    ],
    ["aliases that explode", { "one/app/a.yaml": bomb() }, "one/app/a.yaml: "],
    [
      "an object twice",
      { "one/other/configmap.team.it.yaml": manifest("it", "2") },
      "ConfigMap team/it: one/other/configmap.team.it.yaml and one/app/configmap.team.it.yaml",
    ],
    ["an object twice, in a file of another name", { "one/app/copy.yaml": manifest("it", "2") }, "ConfigMap team/it"],
  ])("%s", async (_, files, said) => {
    await expect(compareFiles(good, more(files))).rejects.toThrow(`after has `);
    await expect(compareFiles(good, more(files))).rejects.toThrow(said);
    await expect(compareFiles(more(files), good)).rejects.toThrow(`before has `);
  });

  it("also where both sides have them", async () => {
    const twice = more({ "one/other/configmap.team.it.yaml": manifest("it", "2") });
    await expect(compareFiles(twice, twice)).rejects.toThrow("objects twice");
  });

  it("at most twenty by name", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`one/app/${index}.yaml`, "a: ["]));
    await expect(compareFiles(good, more(many))).rejects.toThrow("… and 10 more");
  });
});

it("takes several documents in a file", async () => {
  const result = await compareFiles(good, more({ "one/app/two.yaml": `${manifest("a")}---\n${manifest("b")}` }));
  expect(result.changes.map(({ object }) => object.name)).toEqual(["a", "b"]);
});

it("takes an object that hides in deep nesting, or under names that JavaScript knows", async () => {
  const deep = `${manifest("deep").replace("data:\n  a: '1'\n", "")}data:\n  a: ${"[".repeat(50)}${"]".repeat(50)}\n`;
  expect(
    (await compareFiles(more({ "one/app/deep.yaml": deep }), more({ "one/app/deep.yaml": deep.replace("[]", "[1]") })))
      .changes,
  ).toHaveLength(1);
  const proto = (value: string) =>
    more({ "one/app/p.yaml": `${manifest("p")}__proto__:\n  a: ${value}\nconstructor: ${value}\n` });
  expect((await compareFiles(proto("1"), proto("2"))).changes[0]?.fields.map(({ path }) => path)).toEqual([
    "__proto__.a",
    "constructor",
  ]);
});

function bomb(): string {
  const lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"];
  for (let index = 1; index < 9; index++)
    lines.push(
      `a${index}: &a${index} [${Array(10)
        .fill(`*a${index - 1}`)
        .join(",")}]`,
    );
  return `${lines.join("\n")}\n`;
}
