import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toHtml } from "../../../../cli/diff/html";
import { assets } from "../../../../cli/diff/html/assets";
import { escapeHtml } from "../../../../cli/diff/html/shell";
import type { DiffResult } from "../../../../cli/diff/model";
import { realisticReport } from "./realistic";
import { EMPTY } from "./reports";

const ROOT = join(__dirname, "../../../..");
const SOURCES = join(ROOT, "cli/diff/html");
const page = toHtml(realisticReport());
const between = (start: string, end: string, text = page) => text.split(start)[1]?.split(end)[0] ?? "";
const sourcesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(join(folder, file), "utf8")] as const);

describe("the page", () => {
  it("weighs less than 60 kB without its data", () => {
    const empty = toHtml({ ...EMPTY, findings: [], rules: [] });
    const data = empty.match(/<script type="application\/json".*?<\/script>/gs)?.join("") ?? "";
    expect(Buffer.byteLength(empty) - Buffer.byteLength(data)).toBeLessThan(60_000);
  });

  it("may load, send and run nothing but its own script and style, known by their hashes", () => {
    const policy = between('Content-Security-Policy" content="', '"').split("; ");
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy).toEqual([
      "default-src 'none'",
      `script-src ${hash(between("<script>", "</script>"))}`,
      `style-src ${hash(between("<style>", "</style>"))}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
    expect(page.match(/<script(?! type="application\/json")/g)).toHaveLength(1);
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b|@import|\burl\(|\ssrc=|\son\w+=/i);
  });

  it("has nothing in its program that makes markup or code of text, or reaches the network", () => {
    const forbidden =
      /innerHTML|outerHTML|insertAdjacent|document\.write|createContextualFragment|DOMParser|setHTML|srcdoc|\beval\b|new Function\b|\bFunction\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource|importScripts|\bimport\(/;
    const sources = sourcesOf(join(SOURCES, "page"));
    expect(sources.length).toBeGreaterThan(20);
    // A type may be imported in its place; a program may not.
    for (const [file, text] of sources)
      expect([file, text.replaceAll("typeof import(", "").match(forbidden)]).toEqual([file, null]);
    expect(assets(ROOT).script).not.toMatch(forbidden);
  });

  it("sets no attribute that could run or load something, and no style but sizes", () => {
    for (const [file, text] of sourcesOf(join(SOURCES, "page"))) {
      // What is declared has a type; what is called does not.
      const names = [...text.matchAll(/setAttribute\(\s*"?([\w-]+)\b(?!:)/g)].map((match) => match[1] ?? "");
      const allowed = /^(?:key|class|role|tabindex|data-(?:index|theme)|aria-[a-z]+)$/;
      expect([file, names.filter((name) => !allowed.test(name))]).toEqual([file, []]);
      const properties = [...text.matchAll(/setProperty\("([\w-]+)"/g)].map((match) => match[1] ?? "");
      expect([file, properties.filter((name) => !/^(?:height|--[a-z]+)$/.test(name))]).toEqual([file, []]);
      expect([
        file,
        text.match(/\bon(?:click|load|error|focus|blur|input|toggle|begin|(?:key|mouse|pointer)\w+)\b/),
      ]).toEqual([file, null]);
    }
  });

  it("is the same for the same result, and says nothing of the machine that it was made on", () => {
    expect(toHtml(realisticReport())).toBe(page);
    expect(page).not.toContain(ROOT);
    expect(page).not.toContain("sourceMappingURL");
  });

  it("tells what blocks to those who run no scripts, as text", () => {
    const result = realisticReport();
    const name = "<img src=x onerror=alert(1)>\u202e\"'`";
    const findings = result.findings.map((finding) => ({ ...finding, message: name }));
    const told = between("<noscript>", "</noscript>", toHtml({ ...result, findings }));
    expect(told).toContain("Findings that block: 3");
    expect(told).toContain("&#60;img src=x onerror=alert(1)&#62;[U+202E]&#34;&#39;&#96;");
    expect(told).not.toContain("<img");
    expect(escapeHtml("a & b")).toBe("a &#38; b");
  });

  it("links rules to where they are explained, and to nowhere that is not https", () => {
    const report = (html: string) => JSON.parse(between('id="report">', "</script>", html)) as { ruleUrls: object };
    const linked = toHtml(realisticReport(), { ruleUrl: (id) => `https://git.example.com/rules.md#${id}` });
    expect(report(linked).ruleUrls).toMatchObject({
      "object/immutable": "https://git.example.com/rules.md#object/immutable",
    });
    expect(report(page).ruleUrls).toEqual({});
    for (const url of ["javascript:alert(1)", "http://example.com", "data:text/html,x"])
      expect(() => toHtml(realisticReport(), { ruleUrl: () => url })).toThrow("https");
  });

  it("takes what the other outputs take", () => {
    const fixture = join(ROOT, "test/cli/diff/fixtures/result.json");
    expect(toHtml(JSON.parse(readFileSync(fixture, "utf8")) as DiffResult)).toContain("<title>Diff: danger");
    expect(toHtml(EMPTY)).toContain("<title>Diff: nothing changes</title>");
  });
});

describe("colours", () => {
  const tokens = readFileSync(join(SOURCES, "page/css/tokens.css"), "utf8");
  const colours = new Map(
    [...tokens.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name = "", light = "", dark = ""]) => [
      name,
      [light, dark],
    ]),
  );
  const luminance = (hex: string) => {
    const full = hex.length === 4 ? hex.replace(/\w/g, "$&$&") : hex;
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string, theme: number) => {
    const [a = 0, b = 0] = [one, other]
      .map((name) => luminance(colours.get(name)?.[theme] ?? ""))
      .sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const grounds = ["ground", "surface", "raised"];
  const pairs = [
    ...["text", "dim", "accent"].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
    ...["danger", "warning", "notice", "good", "lit"].flatMap(
      (own) =>
        [
          [own, `${own}-ground`],
          [own, "surface"],
          [own, "ground"],
          ["text", `${own}-ground`],
        ] as const,
    ),
    ...["danger-mark", "good-mark"].map((mark) => ["text", mark] as const),
    ...["dim", "text"].map((text) => [text, "info-ground"] as const),
  ];

  it.each(pairs)("%s stands out from %s in light and in dark", (text, ground) => {
    expect(contrast(text, ground, 0)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(text, ground, 1)).toBeGreaterThanOrEqual(4.5);
  });

  it("edges of controls stand out", () => {
    for (const ground of grounds.slice(0, 2)) {
      for (const theme of [0, 1]) expect(contrast("strong-line", ground, theme)).toBeGreaterThanOrEqual(3);
    }
  });
});
