import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inBrowser } from "./browser";
import { realisticReport } from "./realistic";

const PICTURE = join(__dirname, "../../../../docs/images/diff-report.png");

describe("the picture of the report in the documentation", () => {
  it("is a PNG of less than 300 kB", () => {
    const picture = readFileSync(PICTURE);
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect(picture.length).toBeLessThan(300_000);
  });
});

// Taken anew by `UPDATE_PICTURE=1 npx jest test/cli/diff/html/picture`.
if (process.env["UPDATE_PICTURE"]) {
  inBrowser("the picture", (open) => {
    it("is taken", async () => {
      const { page, problems } = await open(realisticReport(), { viewport: { width: 1440, height: 1180 } });
      await page.screenshot({ path: PICTURE });
      expect(problems).toEqual([]);
    });
  });
}
