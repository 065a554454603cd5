import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureSizes, renderCommand } from "../../../cli/bench/sizes";
import { PATIENCE } from "../synth/repository";

jest.setTimeout(PATIENCE);

test("a fleet is rendered by the bench command itself, in a process of its own", () => {
  expect(renderCommand(7, "somewhere")).toEqual([
    process.execPath,
    "cli/run.cjs",
    "bench",
    "--render",
    "7",
    "--to",
    "somewhere",
  ]);
  expect(renderCommand(7, "somewhere", "every.after").slice(-2)).toEqual(["--state", "every.after"]);
});

test("sizes are measured one after the other, and leave nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "sizes-"));
  try {
    const told: string[] = [];
    const results = measureSizes(folder, [1, 4], 1, (text) => told.push(text));
    expect(results).toEqual(
      [1, 4].map((clusters) => ({
        clusters,
        objects: expect.any(Number),
        seconds: expect.any(Number),
        peakMiB: expect.any(Number),
      })),
    );
    expect(results[1]?.objects).toBeGreaterThan((results[0]?.objects ?? 0) * 3);
    for (const { seconds, peakMiB } of results) {
      expect(seconds).toBeGreaterThan(0);
      expect(peakMiB).toBeGreaterThan(20);
    }
    expect(told).toHaveLength(4);
    expect(existsSync(join(folder, "size-1"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a size that does not render is an error with its reason", () => {
  expect(() => measureSizes(tmpdir(), [5000], 1, () => {})).toThrow(
    /^rendering 5000 clusters failed:\n.*from 1 to 4096/s,
  );
});
