import type { DiffResult } from "../../../../cli/diff/model";
import { compareFiles } from "../trees";
import { CASES } from "./cases";
import { BASE } from "./edit";

/** Every finding that is more than information, as `severity rule clusters`. */
function listing({ findings }: DiffResult): readonly string[] {
  return [
    ...new Set(
      findings
        .filter(({ severity }) => severity !== "info")
        .map(({ severity, rule, clusters }) => `${severity} ${rule} ${clusters.join(" ")}`.trim()),
    ),
  ].sort();
}

describe("realistic changes", () => {
  it("are at least thirty", () => {
    expect(CASES.length).toBeGreaterThanOrEqual(30);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });

  it.each(CASES.map(({ name, ...rest }) => [name, rest] as const))("%s", async (_, { after, expected }) => {
    const result = await compareFiles(BASE, after());
    expect(result.summary.objects.all).toBeGreaterThan(0);
    expect(listing(result)).toEqual(expected);
  });
});
