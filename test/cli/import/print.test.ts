import { printed } from "../../../cli/import/print";

test("lists are read-only and keep the parentheses they need", () => {
  const text = printed(
    'export interface A {\na?: string[]\nb: ("x" | "y")[]\nc: (string | number)\nd: {\ne: string[][]\n}[]\n}',
  );
  expect(text).toBe(
    'export interface A {\n  a?: readonly string[];\n  b: readonly ("x" | "y")[];\n  c: string | number;\n  d: readonly {\n    e: readonly (readonly string[])[];\n  }[];\n}\n',
  );
});

test("comments take one line, and the generator's own remarks go", () => {
  const remark = ' * This interface was referenced by `Manifest`\'s JSON-Schema\n * via the `definition` "A".\n';
  expect(printed(`/**\n * Says what.\n *\n${remark} */\nexport interface A {\n/**\n${remark} */\na: 1\n}`)).toBe(
    "/** Says what. */\nexport interface A {\n  a: 1;\n}\n",
  );
});
