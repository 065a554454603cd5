import { textOf } from "../../../../cli/diff/output/text";
import { wrapped } from "../../../../cli/diff/output/wrap";
import { CASES } from "../corpus/cases";
import { BASE } from "../corpus/edit";
import { compare, compareFiles, kustomization, object } from "../trees";

const root = { "one/flux-system": [kustomization("app")] };

describe("the terminal", () => {
  it.each(CASES.map(({ name, after }) => [name, after] as const))("fits 80 columns for: %s", async (_, after) => {
    const text = textOf(await compareFiles(BASE, after()));
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("is steered by no name or value", async () => {
    const evil = "\u001b[2J\u202ename\u0007";
    const result = await compare(root, {
      ...root,
      "one/app": [object("v1", "Secret", { stringData: { [evil]: evil } }, evil)],
    });
    expect(textOf(result)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(textOf(result, true).replace(/\p{Cc}\[\d+m/gu, "")).toBe(textOf(result));
  });

  it("shows the lines of a text that differ", async () => {
    const config = (line: string) => object("v1", "ConfigMap", { data: { a: `first\n${line}\nlast\n` } });
    const text = textOf(
      await compare({ ...root, "one/app": [config("old")] }, { ...root, "one/app": [config("new")] }),
    );
    expect(text).toContain("      -   old\n      +   new\n");
    expect(text).not.toContain("first");
  });

  it("counts what it leaves out", async () => {
    const all = Array.from({ length: 300 }, (_, index) =>
      object("v1", "Secret", { stringData: { a: "b" } }, `s${index}`),
    );
    expect(textOf(await compare(root, { ...root, "one/app": all }))).toContain(
      "… and 200 more; --format json lists all",
    );
  });

  it("says that nothing differs", async () => {
    expect(textOf(await compare(root, root))).toBe("from before\nto   after\n✓ nothing differs\n");
  });
});

it("wraps words, and breaks those that are too long", () => {
  expect(wrapped("aa bb ccccccc", 6, "> ", "  ")).toEqual(["> aa", "  bb", "  cccc", "  ccc"]);
  expect(wrapped("", 6, "> ")).toEqual(["> "]);
});
