import { Phases } from "../../../cli/live/phases";
import { pause } from "../../../cli/live/wait";

it("each stretch is measured from its beginning to its end, and told with the time", async () => {
  const lines: string[] = [];
  const phases = new Phases((line) => lines.push(line));
  expect(await phases.run("first", () => pause(30).then(() => 7))).toBe(7);
  await Promise.all([phases.run("slow", () => pause(60)), phases.run("quick", () => pause(1))]);
  phases.note("a word");
  expect(phases.done.map(({ name }) => name)).toEqual(["first", "quick", "slow"]);
  const [first, quick, slow] = phases.done;
  expect(first?.seconds).toBeGreaterThanOrEqual(0.025);
  expect(slow?.from).toBeGreaterThanOrEqual(first?.seconds ?? 0);
  expect(slow?.seconds).toBeGreaterThan(quick?.seconds ?? 1);
  expect(lines.map((line) => line.replace(/^ +\d+\.\d s {2}/, ""))).toEqual(["first", "quick", "slow", "a word"]);
});

it("memory is looked at when a stretch ends", async () => {
  let held = 100;
  const phases = new Phases(() => {}, { memory: async () => held });
  await phases.run("etcd", async () => {
    held = 250;
  });
  expect(phases.done).toMatchObject([{ name: "etcd", memory: 250 }]);
});

it("what fails is told by its error alone", async () => {
  const lines: string[] = [];
  const phases = new Phases((line) => lines.push(line));
  await expect(phases.run("x", () => Promise.reject(new Error("a defect")))).rejects.toThrow("a defect");
  expect([phases.done, lines]).toEqual([[], []]);
});

it("after a silence is told what is going on", async () => {
  const lines: string[] = [];
  const phases = new Phases((line) => lines.push(line), { silence: 30 });
  await phases.run("modules", () => pause(150));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines[0]).toMatch(/s {2}… modules$/);
  expect(lines.at(-1)).toMatch(/s {2}modules$/);
  const before = lines.length;
  await pause(60);
  expect(lines).toHaveLength(before);
});
