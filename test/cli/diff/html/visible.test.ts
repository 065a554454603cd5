import fc from "fast-check";
import { partsOf, plain, wellFormed } from "../../../../cli/diff/html/page/visible";

const codePoints = fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)) });

const labels = (text: string, isName = false) => partsOf(text, isName).map((part) => part.label ?? part.text);

describe("text that is shown", () => {
  it("stays in one piece where there is nothing to spell out", () => {
    expect(partsOf("spec.ref.tag: 3.9.0 – größer")).toEqual([{ text: "spec.ref.tag: 3.9.0 – größer" }]);
    expect(partsOf("")).toEqual([]);
  });

  it.each([
    ["a right-to-left override", "a\u202eb", ["a", "U+202E", "b"]],
    ["an isolate", "\u2067x\u2069", ["U+2067", "x", "U+2069"]],
    ["a zero-width space", "kube\u200bsystem", ["kube", "U+200B", "system"]],
    ["a zero-width joiner", "a\u200db", ["a", "U+200D", "b"]],
    ["a byte order mark", "\ufeffa", ["U+FEFF", "a"]],
    ["a soft hyphen", "a\u00adb", ["a", "U+00AD", "b"]],
    ["a variation selector", "a\u{e0101}b", ["a", "U+E0101", "b"]],
    ["a tag", "a\u{e0041}", ["a", "U+E0041"]],
    ["a Hangul filler", "\u3164", ["U+3164"]],
    ["an empty braille cell", "\u2800", ["U+2800"]],
    ["a space that is none", "a\u00a0b\u2003c", ["a", "U+00A0", "b", "U+2003", "c"]],
    ["a line separator", "a\u2028b", ["a", "U+2028", "b"]],
    ["half a character", "a\ud800b", ["a", "U+D800", "b"]],
    ["private use", "\ue000", ["U+E000"]],
    ["NUL and escape", "\u0000\u001b[31m", ["U+0000", "U+001B", "[31m"]],
    ["a tab and ends of lines", "a\tb\r\n", ["a", "⇥", "b", "␍", "⏎"]],
  ])("spells out %s", (_what, text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it("spells out letters in names that are not ASCII", () => {
    expect(labels("kub\u0435-system", true)).toEqual(["kub", "U+0435", "-system"]);
    expect(labels("kub\u0435-system")).toEqual(["kub\u0435-system"]);
  });

  it("loses nothing and leaves nothing hidden, whatever the text", () => {
    fc.assert(
      fc.property(codePoints, fc.boolean(), (text, isName) => {
        const parts = partsOf(text, isName);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const part of parts) {
          if (part.label === undefined) {
            expect(part.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
            if (isName) expect(part.text).toMatch(/^[ -~]*$/);
          }
        }
        expect(plain(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  it("can always stand in an address", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => encodeURIComponent(wellFormed(`${text}\ud800`)) !== ""),
    );
  });
});
