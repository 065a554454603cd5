import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contender, leftOut, measure, median, ratio } from "../../../cli/bench/measure";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "measure-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const contender = (name: string): Contender => ({
  name,
  command: (run) => [["sh", "-c", `echo ${name}${run} >> log`]],
  cwd: folder,
});

describe("measure", () => {
  it("runs contenders in turn, one round of them uncounted", () => {
    const told: string[] = [];
    const times = measure([contender("a"), contender("b")], 2, (text) => told.push(text));
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("a0\nb0\na1\nb1\na2\nb2\n");
    expect([...times.keys()]).toEqual(["a", "b"]);
    for (const seconds of times.values()) {
      expect(seconds).toHaveLength(2);
      for (const figure of seconds) expect(figure).toBeGreaterThan(0);
    }
    expect(told).toEqual([
      "a: warm-up",
      "b: warm-up",
      "a: run 1 of 2",
      "b: run 1 of 2",
      "a: run 2 of 2",
      "b: run 2 of 2",
    ]);
  });

  it("leaves out certificates that Node would read at every start, and says so", () => {
    const before = process.env["NODE_EXTRA_CA_CERTS"];
    process.env["NODE_EXTRA_CA_CERTS"] = "/nowhere.pem";
    try {
      measure(
        [{ ...contender("a"), command: () => [["sh", "-c", 'echo "[$NODE_EXTRA_CA_CERTS]" >> log']] }],
        1,
        () => {},
      );
      expect(readFileSync(join(folder, "log"), "utf8")).toBe("[]\n[]\n");
      expect(leftOut()).toEqual(["NODE_EXTRA_CA_CERTS"]);
      delete process.env["NODE_EXTRA_CA_CERTS"];
      expect(leftOut()).toEqual([]);
    } finally {
      if (before !== undefined) process.env["NODE_EXTRA_CA_CERTS"] = before;
    }
  });

  it("counts the time of all of a contender's commands, in its environment", () => {
    const command = () => [
      ["sh", "-c", 'echo "$WORD" >> log'],
      ["sh", "-c", "echo two >> log"],
    ];
    measure([{ name: "a", command, cwd: folder, env: { WORD: "one" } }], 0, () => {});
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("one\ntwo\n");
  });

  it.each([
    [["sh", "-c", "echo wrong >&2; exit 3"], /^a failed \(sh -c .*\):\nwrong\n$/],
    [["sh", "-c", "echo out; exit 3"], /^a failed .*:\nout\n$/],
    [["/no/such/program"], /ENOENT/],
  ])("throws when a command fails: %j", (command, message) => {
    expect(() => measure([{ name: "a", command: () => [command] }], 1, () => {})).toThrow(message);
  });
});

it("takes the exit code of a program that finds differences for what it is", () => {
  const differing: Contender = { name: "a", command: () => [["sh", "-c", "exit 1"]], mayDiffer: ["sh"] };
  expect(measure([differing], 1, () => {}).get("a")).toHaveLength(1);
  const failing: Contender = { ...differing, command: () => [["sh", "-c", "exit 2"]] };
  expect(() => measure([failing], 1, () => {})).toThrow("a failed");
});

test.each([
  [[3], 3],
  [[1, 9, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])("the median of %j is %d", (figures, expected) => {
  expect(median(figures)).toBe(expected);
});

test("a ratio is taken run by run, so that a slow moment of the machine cancels out", () => {
  expect(ratio([1, 10, 2], [2, 20, 4])).toBe(0.5);
});
