import fc from "fast-check";
import {
  annotationKey,
  dataKey,
  dnsLabel,
  dnsSubdomain,
  labelKey,
  labelValue,
  pathSegment,
  portName,
  type Syntax,
  serviceName,
} from "../../../cli/validate/syntax";

const a = (length: number) => "a".repeat(length);

/** From Kubernetes' own tests (k8s.io/apimachinery/pkg/util/validation). */
const CASES: readonly [string, Syntax, readonly string[], readonly string[]][] = [
  [
    "dnsLabel",
    dnsLabel,
    ["a", "0", "a-1", "a--1--2--b", a(63)],
    ["", "A", "a.", "-a", "a-", "_", "a b", "a.b", a(64), "1.2"],
  ],
  ["serviceName", serviceName, ["a", "a-1", a(63)], ["", "0", "1-a", "-a", "a.b", "A", a(64)]],
  [
    "dnsSubdomain",
    dnsSubdomain,
    ["a", "0", "a.a", "0.a-b.1", a(253)],
    ["", "A", ".a", "a.", "a..b", "a_b", "-", "a. b", a(254)],
  ],
  ["pathSegment", pathSegment, ["a", "system:Node reader", "...", "-"], ["", ".", "..", "a/b", "a%b"]],
  [
    "portName",
    portName,
    ["telnet", "re-mail-ck", "a", "1-a", "http8080"],
    ["", "1-", "2-", "8080", "-x", "a--b", "A", "sixteen-letters-"],
  ],
  [
    "labelKey",
    labelKey,
    ["simple", "now-with-dashes", "1-starts-with-num", "1234", "a/b", "example.com/A_b.c", a(63), `${a(253)}/${a(63)}`],
    [
      "",
      "nospecialchars%^=@",
      "cantendwithadash-",
      "-starts",
      "only/one/slash",
      "Example.com/abc",
      "a/",
      "/a",
      a(64),
      `${a(254)}/a`,
    ],
  ],
  ["labelValue", labelValue, ["", "a", "1.2", "A_b-c.d", a(63)], ["-a", "a-", "a b", "a/b", a(64), "ä"]],
  ["annotationKey", annotationKey, ["Example.com/Abc", "A"], ["a/b/c", "", "a b"]],
  ["dataKey", dataKey, ["a", "tls.crt", ".hidden", "_-.", a(253)], ["", ".", "..", "..a", "a/b", "a b", a(254)]],
];

test.each(CASES)("%s takes what the API server takes", (_, syntax, good, bad) => {
  for (const text of good) expect([text, syntax(text)]).toEqual([text, undefined]);
  for (const text of bad) expect([text, syntax(text)]).toEqual([text, expect.any(String)]);
});

test("every form is a narrower one's superset", () => {
  const text = fc.string({ unit: fc.constantFrom(..."aZ09-._/%: "), maxLength: 70 });
  fc.assert(
    fc.property(text, (each) => {
      if (serviceName(each) === undefined) expect(dnsLabel(each)).toBeUndefined();
      if (dnsLabel(each) === undefined) expect(dnsSubdomain(each)).toBeUndefined();
      if (dnsSubdomain(each) === undefined) expect(pathSegment(each)).toBeUndefined();
      if (labelKey(each) === undefined) expect(annotationKey(each)).toBeUndefined();
    }),
  );
});

test("long texts take no longer than they must", () => {
  const started = performance.now();
  for (const [, syntax] of CASES) syntax(`${"a-.".repeat(300_000)}!`);
  expect(performance.now() - started).toBeLessThan(1000);
});
