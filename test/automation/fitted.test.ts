import fc from "fast-check";

const { fitted } = require("../../.github/scripts/text.cjs") as {
  readonly fitted: (text: string, most: number, notice: string) => string;
};

describe("a report that is longer than a comment can be", () => {
  it("stays as it is where it fits", () => expect(fitted("x".repeat(100), 100, "cut")).toBe("x".repeat(100)));

  it("is cut at the end of a line, and says so", () => {
    expect(fitted("first\nsecond\nthird\n".repeat(3), 30, "cut")).toBe("first\nsecond\nthird\nfirst\n\ncut\n");
  });

  it("closes what the cut leaves open", () => {
    const text = `<details><summary>a</summary>\n<details open>\n\n\`\`\`\`diff\n${"- <details>\n".repeat(100)}\`\`\`\`\n</details></details>\n`;
    const cut = fitted(text, 300, "cut");
    expect(cut.length).toBeLessThanOrEqual(300);
    expect(cut).toMatch(/- <details>\n````\n<\/details>\n<\/details>\n\ncut\n$/);
  });

  it("never exceeds what there is room for", () => {
    const piece = fc.constantFrom(
      "<details>",
      "</details>",
      "```\n",
      "~~~~\n",
      "\n",
      "x",
      "😀",
      "a longer line of text\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), fc.integer({ min: 1, max: 300 }), (pieces, most) => {
        const text = fitted(pieces.join(""), most, "cut");
        expect(text.length).toBeLessThanOrEqual(most);
        // Half a character cannot be encoded.
        expect(() => encodeURIComponent(text)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});
