import fc from "fast-check";
import { type WatchEvent, WatchReader } from "../../../cli/live/watch";

const event = fc.record({
  type: fc.constantFrom("ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"),
  object: fc.record({
    apiVersion: fc.constant("v1"),
    kind: fc.constant("ConfigMap"),
    metadata: fc.record({ name: fc.string({ unit: "grapheme" }) }),
  }),
}) as fc.Arbitrary<WatchEvent>;

/** What a reader tells of these pieces. */
function told(chunks: readonly string[]): readonly WatchEvent[] {
  const events: WatchEvent[] = [];
  const reader = new WatchReader((each) => events.push(each));
  for (const chunk of chunks) reader.take(chunk);
  return events;
}

it("every event is told once and in order, wherever the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(event), fc.array(fc.nat(400)), (events, sizes) => {
      let text = events.map((each) => `${JSON.stringify(each)}\n`).join("");
      const chunks: string[] = [];
      for (const size of sizes) {
        chunks.push(text.slice(0, size));
        text = text.slice(size);
      }
      expect(told([...chunks, text])).toEqual(events);
    }),
  );
});

it("a line is told when it is complete, not before", () => {
  const text = JSON.stringify({ type: "ADDED", object: { metadata: { name: "a" } } });
  expect(told([text])).toEqual([]);
  expect(told([text, "\n\n"])).toHaveLength(1);
});

it("what is no event is told as an error", () => {
  expect(told(["404 page not found\n"])).toMatchObject([
    { type: "ERROR", object: { status: { message: "404 page not found" } } },
  ]);
  expect(told(['{"kind":"Status","message":"no"}\n'])).toMatchObject([{ type: "ERROR", object: { message: "no" } }]);
});
