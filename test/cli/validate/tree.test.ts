import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { readTree, refOf } from "../../../cli/validate/tree";
import { withFolder } from "../folder";

const CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n";

test("files are read in the same order everywhere, with the cluster they belong to", async () => {
  await withFolder({ "b/x/1.yaml": CONFIG, "a/y/2.yaml": CONFIG, "a/x/1.yaml": CONFIG, "README.md": "" }, (folder) => {
    const { files, manifests, objects, unexpected } = readTree(folder, ["README.md"]);
    expect(files).toEqual(["README.md", "a/x/1.yaml", "a/y/2.yaml", "b/x/1.yaml"]);
    expect(manifests.map(({ file, cluster }) => [file, cluster])).toEqual([
      ["a/x/1.yaml", "a"],
      ["a/y/2.yaml", "a"],
      ["b/x/1.yaml", "b"],
    ]);
    expect(objects.map(({ ref }) => ref.name)).toEqual(["a", "a", "a"]);
    expect(unexpected).toEqual([]);
  });
});

test("a folder with Flux's root in it is one cluster's", async () => {
  await withFolder({ "app1/flux-system/1.yaml": CONFIG, "app1/x/2.yaml": CONFIG }, (folder) => {
    const { manifests, unexpected } = readTree(join(folder, "app1/"));
    expect(manifests.map(({ cluster }) => cluster)).toEqual(["app1", "app1"]);
    expect(unexpected).toEqual([]);
  });
});

test("links are not followed, wherever they lead", async () => {
  await withFolder({ "a/x/1.yaml": CONFIG }, (folder) => {
    symlinkSync("/", join(folder, "a/x/root"));
    symlinkSync("1.yaml", join(folder, "a/x/2.yaml"));
    symlinkSync("gone", join(folder, "a/x/3.yaml"));
    const { manifests, unexpected } = readTree(folder);
    expect(manifests).toHaveLength(1);
    expect(unexpected.map(({ file, why }) => [file, why])).toEqual(
      ["2.yaml", "3.yaml", "root"].map((name) => [`a/x/${name}`, "it is neither a file nor a folder"]),
    );
  });
});

test.each<[unknown, unknown]>([
  [
    { apiVersion: "v1", kind: "A", metadata: { name: "a", namespace: "b" } },
    { apiVersion: "v1", kind: "A", name: "a", namespace: "b" },
  ],
  [
    { apiVersion: "v1", kind: "A", metadata: { name: 1, namespace: "" } },
    { apiVersion: "v1", kind: "A", name: "" },
  ],
  [
    { kind: "A", metadata: "x" },
    { apiVersion: "", kind: "A", name: "" },
  ],
  [{ metadata: { name: "a" } }, undefined],
  [[], undefined],
  [null, undefined],
  ["x", undefined],
])("%j is %j", (document, expected) => {
  expect(refOf(document)).toEqual(expected);
});
