import fc from "fast-check";
import { plain } from "../../../../cli/diff/html/page/visible";
import type { DiffResult } from "../../../../cli/diff/model";
import { inBrowser, type Opened } from "./browser";
import { realisticReport } from "./realistic";

/** Texts that break pages that show them as anything but text. */
const NASTY = [
  "</script><img src=x onerror=alert(1)>",
  '"><svg/onload=alert(2)>',
  "'-alert(3)-'",
  "<!--<script>alert(4)</script>",
  "]]><a href=javascript:alert(5)>x</a>",
  "</title></style></noscript><iframe srcdoc='<script>alert(6)</script>'>",
  "javascript:alert(7)",
  "${alert(8)}{{constructor.constructor('alert(9)')()}}",
  "&lt;script&gt;alert(10)&lt;/script&gt;",
  "admin\u202enimda\u2066 \u2069",
  "kube\u200b-system\ufeff",
  "\u05d0\u05d1 1.2.3 \u0627\u0644",
  "Z\u0351\u036b\u0343\u036a\u0302a\u034f\u0321l\u0353\u031eg\u0332o\u0322",
  "\ud800 half",
  "\u0000\u001b[31mred\u0007",
  "line\u2028separator\u2029end",
  "__proto__",
  "constructor",
  "a.b:c#d=e&f%zz",
  "x".repeat(5000),
  "",
];

/** Members whose values the model limits, so that a stranger cannot choose them. */
const FIXED = /^(?:severity|status|verdict|kind|state|effect|step|what|version|change|id|dependsOn|cluster|clusters)$/;

/** A result in which every text that a stranger can choose is one of theirs. */
function poisoned(result: DiffResult, next: () => string): DiffResult {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return FIXED.test(key) && key !== "kind" ? value : next();
    if (Array.isArray(value))
      return key === "clusters" ? value.map((item) => walk(item, "item")) : value.map((item) => walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  const copy = walk(result, "") as DiffResult;
  // Effects and sides have kinds of their own, objects have a stranger's.
  const changes = copy.changes.map((change, at) => ({
    ...change,
    effects: result.changes[at]?.effects ?? [],
    clusters: result.changes[at]?.clusters ?? [],
  }));
  return {
    ...copy,
    from: { ...copy.from, kind: "ref" },
    to: { ...copy.to, kind: "render" },
    changes,
    clusters: copy.clusters.map((impact, at) => ({ ...impact, cluster: `${result.clusters[at]?.cluster}${next()}` })),
  };
}

/** Walks through every view and opens whatever opens. */
async function lookAtEverything({ page, run }: Opened): Promise<void> {
  for (const view of ["findings", "changes", "graph", "versions", "overview"]) {
    await run(`document.getElementById("tab-${view}").click()`);
    await run(
      "for (const row of document.querySelectorAll('[role=tabpanel]:not([hidden]) .row[aria-expanded=false]')) row.click()",
    );
    await run(
      "for (const more of document.querySelectorAll('.more, .fold, .node')) more.dispatchEvent(new MouseEvent('click', { bubbles: true }))",
    );
  }
  await page.getByRole("searchbox").fill("script");
  await run("dispatchEvent(new Event('beforeprint'))");
  await page.waitForTimeout(50);
}

const SHOWN = "document.querySelector('.page').textContent";
const ATTRIBUTES =
  "[...document.querySelectorAll('body *:not(script)')].flatMap((element) => [...element.attributes].map((each) => each.value))";
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const ELEMENTS = "[...new Set([...document.querySelectorAll('body *')].map((element) => element.localName))].sort()";
const KNOWN =
  /^(?:a|aside|button|circle|code|dd|details|dialog|div|dl|dt|g|h[1-3]|header|input|kbd|label|li|main|mark|nav|noscript|option|p|path|rect|script|section|select|span|strong|summary|svg|table|tbody|td|text|th|thead|title|tr|ul)$/;

async function expectHarmless(opened: Opened): Promise<void> {
  const { problems, run } = opened;
  await lookAtEverything(opened);
  expect(problems).toEqual([]);
  expect((await run<string>(SHOWN)).match(HIDDEN)).toBeNull();
  expect((await run<string[]>(ATTRIBUTES)).filter((value) => HIDDEN.test(value))).toEqual([]);
  expect((await run<string[]>(ELEMENTS)).filter((name) => !KNOWN.test(name))).toEqual([]);
  expect(await run<number>("document.querySelectorAll('script:not([type])').length")).toBe(1);
  const links = await run<string[]>(
    "[...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href'))",
  );
  expect(links.filter((link) => !link.startsWith("#"))).toEqual([]);
  expect(await run<string>("document.title")).toMatch(/^Diff: danger/);
}

inBrowser("a report full of a stranger's text", (open) => {
  it.each(NASTY.map((text) => [plain(text.slice(0, 60)), text]))("shows %s as text everywhere", async (_name, text) => {
    await expectHarmless(await open(poisoned(realisticReport(), () => text)));
  });

  it("shows any mixture of them as text", async () => {
    const texts = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 12 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 3, maxLength: 9 }), async (pieces) => {
        let at = 0;
        const opened = await open(poisoned(realisticReport(), () => (pieces[at++ % pieces.length] ?? []).join("")));
        await expectHarmless(opened);
        await opened.page.context().close();
      }),
      { numRuns: 6 },
    );
  });

  it("spells out characters that nobody sees where they stand", async () => {
    const { page, run } = await open(realisticReport(), { at: "#change=c11" });
    const value = page.locator(".value.fresh").first();
    expect(await value.innerText()).toContain("team-storeU+200Bfront");
    expect(await value.locator(".hidden-character").allInnerTexts()).toEqual(["U+200B", "U+202E"]);
    expect(await run("getComputedStyle(document.querySelector('.value.fresh code')).unicodeBidi")).toBe(
      "isolate-override",
    );
  });

  it("shows look-alike letters of names by their code", async () => {
    const result = realisticReport();
    const [first, ...rest] = result.changes;
    if (!first) throw new Error("the report has no changes");
    const object = { ...first.object, name: "kub\u0435-system" };
    const { page } = await open({ ...result, changes: [{ ...first, object }, ...rest] }, { at: "#changes" });
    expect(await page.locator(".called").first().innerText()).toContain("kubU+0435-system");
  });

  it("has nobody to ask: a page that would load or run more is stopped by its own policy", async () => {
    const { run, problems } = await open(realisticReport());
    const tried = [
      "fetch('https://example.com/').then(() => 'sent', () => 'stopped')",
      "new Promise((done) => { const image = new Image(); image.onload = () => done('sent'); image.onerror = () => done('stopped'); image.src = 'https://example.com/x.png'; })",
      "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'sent'; } catch { return 'stopped'; } })()",
      "(() => { const script = document.createElement('script'); script.append('window.ran = true'); document.body.append(script); return window.ran ? 'sent' : 'stopped'; })()",
    ];
    for (const attempt of tried)
      expect([attempt, await run(attempt).catch(() => "stopped")]).toEqual([attempt, "stopped"]);
    expect(problems.length).toBeGreaterThan(2);
  });
});
