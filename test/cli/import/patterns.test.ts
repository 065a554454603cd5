import fc from "fast-check";
import { portablePattern } from "../../../cli/import/patterns";

test("a pattern both engines read the same way is kept as it is", () => {
  for (const pattern of ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "^(\\+|-)?[0-9]+$", "^\\d+ \\d+$", "^(?:a|b)$"]) {
    expect(portablePattern(pattern)).toEqual({ pattern });
  }
});

test("escapes that JavaScript refuses are written without", () => {
  expect(portablePattern("^a\\:b\\_c\\@d\\.e$")).toEqual({ pattern: "^a:b_c@d\\.e$" });
  expect(portablePattern("^[a\\-z]\\-$")).toEqual({ pattern: "^[a\\x2dz]\\x2d$" });
});

test.each([
  ["(?i)^abc$", "inline flags"],
  ["(?s:a.b)", "inline flags"],
  ["(?P<name>a)", "(?P<name>"],
  ["^[[:alpha:]]+$", "POSIX"],
  ["\\Aabc\\z", "\\A, \\z"],
  ["^(?!kube-)", "look-around"],
  ["(", "cannot compile"],
])("%s is left out and the reason told", (pattern, reason) => {
  expect(portablePattern(pattern)).toEqual({ reason: expect.stringContaining(reason) });
});

test("whatever comes back compiles", () => {
  fc.assert(
    fc.property(fc.string(), (pattern) => {
      const result = portablePattern(pattern);
      if ("pattern" in result) expect(new RegExp(result.pattern, "u")).toBeInstanceOf(RegExp);
    }),
    { numRuns: 1000 },
  );
});
