import { parse } from "../../../cli/live/options";
import { ROOT } from "../synth/repository";

let [out, err] = ["", ""];
beforeEach(() => {
  [out, err] = ["", ""];
  jest.spyOn(console, "log").mockImplementation((text: string) => {
    out += text;
  });
  jest.spyOn(console, "error").mockImplementation((text: string) => {
    err += text;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env["FLEET"];
  delete process.env["INIT_CWD"];
  delete process.env["USE_EXISTING_CLUSTER"];
});

it("without options it is the default fleet, all of it, with ten minutes", () => {
  expect(parse([])).toEqual({ fleet: "default", timeout: 600_000 });
});

it("FLEET names another fleet, and --fleet a third", () => {
  process.env["FLEET"] = "demo";
  expect(parse([])).toMatchObject({ fleet: "demo" });
  expect(parse(["--fleet", "default"])).toMatchObject({ fleet: "default" });
});

it("clusters are named with commas, once each", () => {
  expect(parse(["--clusters", "app2, app1,app2"])).toMatchObject({ clusters: ["app2", "app1"] });
});

it("the report goes where the person is, or to standard output", () => {
  process.env["INIT_CWD"] = `${ROOT}/test`;
  expect(parse(["--json", "live.json"])).toMatchObject({ json: `${ROOT}/test/live.json` });
  expect(parse(["--json", "-", "--timeout", "1.5"])).toMatchObject({ json: "-", timeout: 1500 });
});

it.each([
  ["true", { existing: true }],
  ["TRUE", { existing: true }],
  ["false", {}],
  ["1", {}],
  ["", {}],
])("USE_EXISTING_CLUSTER=%s is read as envtest does", (value, expected) => {
  process.env["USE_EXISTING_CLUSTER"] = value;
  expect(parse([])).toEqual({ fleet: "default", timeout: 600_000, ...expected });
});

it("--help explains, with every option and exit code", () => {
  expect(parse(["--help"])).toBe(0);
  for (const word of ["--fleet", "--clusters", "--timeout", "--json", "live-down", "130", "USE_EXISTING_CLUSTER"])
    expect(out).toContain(word);
  expect(err).toBe("");
});

it.each([
  [["--nonsense"], "Unknown option '--nonsense'"],
  [["extra"], "Unexpected argument 'extra'"],
  [["--fleet", "nope"], 'there is no preset "nope"; clusters/presets has default, demo'],
  [["--clusters", "app2,nope"], '--clusters: there is no "nope"; the fleet has mgmt, app1, app2'],
  [["--clusters", ""], '--clusters: there is no ""'],
  [["--timeout", "soon"], "--timeout soon is no number of seconds above 0"],
  [["--timeout", "0"], "--timeout 0 is no"],
  [["--json", "/no/such/folder/x.json"], "there is no folder /no/such/folder"],
])("%p is refused with the reason and the help", (args, reason) => {
  expect(parse(args)).toBe(2);
  expect(err).toContain(reason);
  expect(err).toContain("Usage: npm run live");
  expect(out).toBe("");
});
