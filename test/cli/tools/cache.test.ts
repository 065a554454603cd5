import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { oneAtATime, placeAtomically } from "../../../cli/tools/cache";
import { withFolder } from "../folder";

/** Higher than any process number. */
const DEAD = 2 ** 22 + 1;

test("a file appears only when it is complete, and nothing else stays", async () => {
  await withFolder({}, async (folder) => {
    const target = join(folder, "bin", "program");
    await placeAtomically(target, (temporary) => {
      writeFileSync(temporary, "half");
      expect(existsSync(target)).toBe(false);
      writeFileSync(temporary, "whole");
    });
    expect(readFileSync(target, "utf8")).toBe("whole");
    expect(readdirSync(join(folder, "bin"))).toEqual(["program"]);
  });
});

test("a failure leaves what was there, and no half file", async () => {
  await withFolder({ program: "old" }, async (folder) => {
    const target = join(folder, "program");
    const failing = placeAtomically(target, (temporary) => {
      writeFileSync(temporary, "half");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(readFileSync(target, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["program"]);
  });
});

test("what a process that is gone left half written is swept away, what another is writing is not", async () => {
  const [left, busy] = [`a.${DEAD}-0123abcd.tmp`, `b.${process.pid}-0123abcd.tmp`];
  await withFolder({ [left]: "", [busy]: "", "other.tmp": "" }, async (folder) => {
    await placeAtomically(join(folder, "c"), (temporary) => writeFileSync(temporary, ""));
    expect(readdirSync(folder).sort()).toEqual([busy, "c", "other.tmp"]);
  });
});

test("work on one target is done by one at a time", async () => {
  await withFolder({}, async (folder) => {
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
    };
    const notes: string[] = [];
    const context = { note: (message: string) => notes.push(message) };
    await Promise.all([1, 2, 3].map(() => oneAtATime(join(folder, "program"), work, context)));
    expect(most).toBe(1);
    expect(notes).toContain("waiting for another process that makes program");
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  ["whose owner is gone", String(DEAD), 0],
  ["that is older than any build", String(process.pid), 7200],
  ["that was never signed", "", 10],
])("a lock %s is no lock", async (_, owner, age) => {
  await withFolder({ "program.lock": owner }, async (folder) => {
    const then = Date.now() / 1000 - age;
    utimesSync(join(folder, "program.lock"), then, then);
    const done = await oneAtATime(join(folder, "program"), async () => "done", { note: () => {} });
    expect(done).toBe("done");
  });
});

test("waiting can be interrupted", async () => {
  await withFolder({ "program.lock": String(process.pid) }, async (folder) => {
    const signal = AbortSignal.timeout(50);
    const waiting = oneAtATime(join(folder, "program"), async () => "done", { note: () => {}, signal });
    await expect(waiting).rejects.toThrow();
  });
});
