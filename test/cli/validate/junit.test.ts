import fc from "fast-check";
import { escapeXml, junitOf } from "../../../cli/validate/junit";
import { FINDING, report, reportOf } from "./reports";
import { parseXml, textsOf } from "./xml";

test("a case for each file, a failure for each that has findings", () => {
  const onTree = { ...FINDING, file: "", rule: "tree/empty" as const };
  const root = parseXml(junitOf(reportOf([FINDING, FINDING, onTree])));
  expect(root).toMatchObject({ name: "testsuites", attributes: { tests: "4", failures: "2" } });
  const suites = root.children.map(({ attributes }) => [
    attributes["name"],
    attributes["tests"],
    attributes["failures"],
  ]);
  expect(suites).toEqual([
    ["tree", "2", "1"],
    ["app1", "1", "1"],
    ["app2", "1", "0"],
  ]);
  const failed = root.children[1]?.children[0];
  expect(failed?.attributes["file"]).toBe("dist/app1/istio/service.shop.api.yaml");
  expect(failed?.children[0]).toMatchObject({ name: "failure", attributes: { type: "schema/invalid" } });
  expect(failed?.children[0]?.attributes["message"]).toBe("got string, want integer (and 1 more)");
  expect(textsOf(root)).toContain(
    "Service shop/api spec.ports[0].port: got string, want integer [schema/invalid]\n  fix: mend it",
  );
});

test("is XML whatever is found", () => {
  fc.assert(
    fc.property(report, (each) => {
      const { attributes } = parseXml(junitOf(each));
      const failing = new Set(each.findings.map(({ file }) => file)).size;
      expect(attributes["failures"]).toBe(String(failing));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) =>
      expect(textsOf(parseXml(`<a>${escapeXml(text)}</a>`))).toBe(text),
    ),
  );
});
