import ts from "typescript";

/**
 * Generated declarations as this project wants to read them: two spaces, one-line comments, and lists as `readonly T[]`, so that a
 * read-only value can be passed without a copy.
 */
export function printed(text: string): string {
  const file = ts.createSourceFile("types.ts", withShortComments(text), ts.ScriptTarget.ES2022, true);
  const { transformed, dispose } = ts.transform(file, [readonlyLists]);
  const output = transformed.map((source) => ts.createPrinter().printFile(source)).join("");
  dispose();
  return output
    .replace(/^(?: {4})+/gm, (spaces) => spaces.slice(spaces.length / 2))
    .replace(/^(?=\/\*\*|export )/gm, "\n")
    .replace(/^(\/\*\* .*\*\/)\n\n/gm, "$1\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimStart();
}

const readonlyLists: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node => {
    const changed = ts.visitEachChild(node, visit, context);
    if (ts.isArrayTypeNode(changed)) return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, changed);
    // A union stands in parentheses also where nothing follows it.
    if (ts.isParenthesizedTypeNode(changed) && !ts.isArrayTypeNode(node.parent)) return changed.type;
    return changed;
  };
  return (file) => ts.visitEachChild(file, visit, context);
};

function withShortComments(text: string): string {
  return text.replace(/\/\*\*\n((?: \*.*\n)*?) \*\//g, (_, body: string) => {
    const lines = body.split("\n").map((line) => line.replace(/^ \* ?/, "").trim());
    const own = lines
      .join(" ")
      .replace(/This interface was referenced by `[^`]*`'s JSON-Schema via the `definition` "[^"]*"\./g, "");
    const comment = own.replace(/\s+/g, " ").trim();
    return comment === "" ? "" : `/** ${comment} */`;
  });
}
