import fc from "fast-check";
import { toYaml } from "../../../base/yaml";
import { readCanonical } from "../../../cli/diff/canonical-yaml";
import { readYaml } from "../../../cli/validate/yaml";
import { BASE } from "./corpus/edit";

const MANIFESTS = [...BASE].filter(([path]) => path.endsWith(".yaml"));

describe("readCanonical", () => {
  it("reads every manifest of the fleet as the parser of all YAML does", () => {
    for (const [path, text] of MANIFESTS)
      expect([path, readCanonical(text)]).toEqual([path, readYaml(text).documents[0]]);
  });

  it("reads what is written, or leaves it", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("a", " ", "\n", ":", "-", "#", "'", '"', "|", "1") }),
      fc.constantFrom("yes", "1e3", "0x1", "null", "- a", "a: b", "~", "2020-01-01"),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(text, value, { maxKeys: 4 }), (object) => {
        let written: string;
        try {
          written = toYaml(object);
        } catch {
          return;
        }
        const read = readCanonical(written);
        if (read !== undefined) expect(read).toEqual(readYaml(written).documents[0]);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads no damaged manifest otherwise than the parser of all YAML does", () => {
    const manifest = fc.constantFrom(...MANIFESTS.map(([, text]) => text.split("\n")));
    const edit = fc.constantFrom<(line: string) => readonly string[]>(
      () => [],
      (line) => [line, line],
      (line) => [` ${line}`],
      (line) => [`  ${line}`],
      (line) => [line.replace(/^ /, "")],
      (line) => [line.replace(/^ {2}/, "")],
      (line) => [line.replace("- ", "-\n")],
      (line) => [line.replace(/^( *)/, "$1- ")],
      (line) => [`${line} `],
      (line) => [line, ""],
      (line) => [line.replace(": ", ":  ")],
      (line) => [line.replace(/: .*/, ":")],
      (line) => [line.replace(/: .*/, ": |")],
    );
    fc.assert(
      fc.property(manifest, fc.nat(), fc.nat(), edit, (lines, nth, to, change) => {
        const at = nth % lines.length;
        const changed = lines.flatMap((line, index) => (index === at ? change(line) : [line]));
        // One line elsewhere, too: where it stands decides what it says.
        const [moved = ""] = changed.splice(to % changed.length, 1);
        for (const text of [changed, changed.toSpliced(nth % (changed.length + 1), 0, moved)].map((all) =>
          all.join("\n"),
        )) {
          const read = readCanonical(text);
          if (read !== undefined) expect(read).toEqual(readYaml(text).documents[0]);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    "a: yes\n",
    "a: 1\na: 2\n",
    "a: {b: 1}\n",
    "# note\na: 1\n",
    "a:  1\n",
    "a: 1",
    "- a\n",
    "",
    "a: &x 1\n",
    "a: *x\n",
    "--- \na: 1\n",
    "a: 0o7\n",
    "a:\n",
    "a: \n",
    "a: b \n",
    "a:\n  - b\n",
    "a:\n- \n",
    "a:\n-\n  b: 1\n",
    "a: 1\n  b: 2\n",
    "a:\n- b\n  c\n",
    "a: |\n    b\n",
    `${"a".repeat(501)}: 1\n`,
  ])("leaves %j", (written) => {
    expect(readCanonical(written)).toBeUndefined();
  });
});
