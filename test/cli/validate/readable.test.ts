import fc from "fast-check";
import { FORMATS, formatted } from "../../../cli/validate/format";
import { hasColour, readable } from "../../../cli/validate/readable";
import { FINDING, report, reportOf } from "./reports";

test("findings by file and object, each with its fix, and a summary", () => {
  const text = readable(reportOf([FINDING, { ...FINDING, path: "spec", reason: "unknown field" }]), { colour: false });
  expect(text).toBe(`dist/app1/istio/service.shop.api.yaml  Service shop/api
  ✗ spec.ports[0].port: got string, want integer [schema/invalid]
    fix: mend it
  ✗ spec: unknown field [schema/invalid]
    fix: mend it

✗ not valid: 2 findings in 1 file; 2 objects in 3 files of dist, schemas by kubeconform v0.7.0`);
});

test("nothing found is one line; a warning stands before it", () => {
  const line = "✓ valid: 2 objects in 3 files of dist, schemas by kubeconform v0.7.0";
  expect(readable(reportOf([]), { colour: false })).toBe(line);
  expect(readable(reportOf([], { warning: "WARNING: x" }), { colour: false })).toBe(`WARNING: x\n\n${line}`);
});

test("what fails to run is not called invalid", () => {
  expect(readable(reportOf([{ ...FINDING, rule: "engine/failed" }], { exitCode: 2 }))).toContain(
    "✗ not validated: 1 finding",
  );
});

test("very many findings are counted rather than shown", () => {
  const text = readable(reportOf(Array(500).fill(FINDING)), { colour: false });
  expect(text.split("\n").length).toBeLessThan(410);
  expect(text).toContain("… and 300 more; --format json lists all");
  expect(text).toContain("500 findings");
});

test("a manifest cannot steer the terminal", () => {
  fc.assert(fc.property(report, (each) => expect(readable(each, { colour: false })).not.toMatch(/[^\P{Cc}\n]/u)));
});

test("colours only where a person sees them and wants them", () => {
  expect(hasColour({ isTTY: true }, {})).toBe(true);
  expect(hasColour({}, {})).toBe(false);
  expect(hasColour({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
  expect(hasColour({ isTTY: true }, { NO_COLOR: "" })).toBe(true);
  expect(hasColour({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  const esc = String.fromCharCode(27);
  expect(readable(reportOf([FINDING]), { colour: true })).toContain(esc);
  for (const format of FORMATS) expect(formatted(reportOf([FINDING]), format)).not.toContain(esc);
});
