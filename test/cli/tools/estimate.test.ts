import { costing, estimatesInOrder, inWords } from "../../../cli/tools/estimate";
import type { GoTool } from "../../../cli/tools/go-tool";

const FIRST = { seconds: 200, gigabytes: 3 };
const AFTER = { seconds: 20, gigabytes: 0.5 };

test("a program's cost is said from the numbers of its estimate", () => {
  expect(costing({ ...FIRST, after: AFTER })).toEqual({
    cost: "3 min on two cores and 3 GB for Go's caches",
    estimates: { ...FIRST, after: AFTER },
  });
});

test("a program costs less after another of its module, and one without an estimate nothing", () => {
  const tool = (module: string, rest: Partial<GoTool> = {}): GoTool => ({
    name: "x",
    module,
    package: "x",
    cost: "",
    ...rest,
  });
  const shared = { estimates: { ...FIRST, after: AFTER } };
  const tools = [
    tool("a", shared),
    tool("b", { estimates: FIRST }),
    tool("a", shared),
    tool("b", { estimates: FIRST }),
    tool("c"),
  ];
  expect(estimatesInOrder(tools).map(({ seconds }) => seconds)).toEqual([200, 200, 20, 200, 0]);
});

test.each([
  [0, "5 s"],
  [12, "15 s"],
  [89, "90 s"],
  [90, "2 min"],
  [149, "2 min"],
  [1500, "25 min"],
])("%i seconds are %s", (seconds, words) => expect(inWords(seconds)).toBe(words));
