import fc from "fast-check";
import { readElements } from "../../../cli/kubeconform/elements";

function read(chunks: readonly string[]): { elements: unknown[]; isComplete: boolean } {
  const elements: unknown[] = [];
  const reader = readElements((element) => elements.push(element));
  for (const chunk of chunks) reader.push(chunk);
  return { elements, isComplete: reader.isComplete() };
}

test("whatever the elements are and wherever the text is cut, they are those that JSON.parse gives", () => {
  const element = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
  const document = fc.record({ resources: fc.array(element), summary: fc.record({ valid: fc.nat() }) });
  fc.assert(
    fc.property(document, fc.array(fc.nat()), fc.boolean(), (value, cuts, isPretty) => {
      const text = JSON.stringify(value, null, isPretty ? 2 : 0);
      const places = [...new Set([0, text.length, ...cuts.map((cut) => cut % (text.length + 1))])].sort(
        (a, b) => a - b,
      );
      const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
      expect(read(chunks)).toEqual({ elements: JSON.parse(text).resources, isComplete: true });
    }),
  );
});

test("hands over an element before the document ends", () => {
  expect(read(['{"resources":[{"a":1},{"b"'])).toEqual({ elements: [{ a: 1 }], isComplete: false });
});

test.each(["", "{", '{"resources": [', '{"resources": [{"a": "}]}'])("%j is not complete", (text) => {
  expect(read([text]).isComplete).toBe(false);
});

test("garbage is refused or incomplete or empty, and never hangs", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      try {
        expect(read([text]).elements.every((element) => typeof element === "object")).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
  );
});
