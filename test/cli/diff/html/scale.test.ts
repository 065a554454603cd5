import { inBrowser } from "./browser";
import { largeReport, reportOf } from "./reports";

const OBJECTS = 10_000;
const large = largeReport(OBJECTS);
const ELEMENTS = "document.querySelectorAll('*').length";

/** Elements that a page may have, however much it shows: what keeps it from freezing. */
const MOST_ELEMENTS = 12_000;

inBrowser(`a report of ${OBJECTS} objects`, (open) => {
  it("draws what is seen and no more, from the first row to the last", async () => {
    const { page, run, problems } = await open(large, { at: "#changes" });
    expect(await run<number>(ELEMENTS)).toBeLessThan(MOST_ELEMENTS);
    await page.keyboard.press("l");
    await page.keyboard.press("End");
    expect(await page.locator(":focus").innerText()).toContain("service-09999");
    expect(await page.locator(":focus").locator("xpath=..").getAttribute("aria-posinset")).toBe(`${OBJECTS}`);
    const height = await run<number>("document.documentElement.scrollHeight");
    expect(height).toBeGreaterThan(OBJECTS * 40);
    for (let part = 0; part <= 10; part++) {
      await run(`scrollTo(0, ${(height * part) / 10})`);
      await page.locator(".item").filter({ visible: true }).first().waitFor();
      expect(await run<number>(ELEMENTS)).toBeLessThan(MOST_ELEMENTS);
    }
    expect(problems).toEqual([]);
  });

  it("shows rows wherever it is scrolled to", async () => {
    const { run, until } = await open(large, { at: "#changes" });
    for (const part of [0.5, 0.93, 0.21, 1]) {
      await run(`scrollTo(0, document.documentElement.scrollHeight * ${part})`);
      await until("document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('.item') !== null");
    }
  });

  it("opens objects without moving what is above them, and keeps them open when they come back", async () => {
    const { page, run, until } = await open(large, { at: "#change=c5000" });
    const here = page.locator(":focus");
    expect(await here.innerText()).toContain("service-05000");
    expect(await page.getByText("needle-5000").isVisible()).toBe(true);
    await page.locator("body").press("Tab");
    await run("document.activeElement.blur()");
    await run("scrollTo(0, 0)");
    await until(
      "!document.body.textContent.includes('label-0: value 5000') || !document.querySelector('#change-5000')",
    );
    await page.goto(page.url().replace("c5000", "c0"));
    await page.goto(page.url().replace("#change=c0", "#change=c5000"));
    expect(await page.getByText("needle-5000").isVisible()).toBe(true);
  });

  it("finds one object by what is in it, and many by their name", async () => {
    const { page } = await open(large, { at: "#changes" });
    const status = page.getByRole("tabpanel").getByRole("status");
    await page.getByRole("searchbox").fill("needle-9876");
    await status.filter({ hasText: "1 of 10,000 changes" }).waitFor();
    expect(await page.locator(".called").filter({ visible: true }).allInnerTexts()).toEqual(["team-36/service-09876"]);
    await page.getByRole("searchbox").fill("service-01");
    await status.filter({ hasText: "1,000 of 10,000 changes" }).waitFor();
    await page.getByRole("checkbox", { name: "ConfigMap" }).check();
    await status.filter({ hasText: "200 of 10,000 changes" }).waitFor();
    await page.getByRole("combobox", { name: "Order of the changes" }).selectOption("name");
    expect(await page.locator(".called").filter({ visible: true }).first().innerText()).toBe("team-1/service-01001");
  });

  it("reads the fields of an object when it is opened, not before", async () => {
    const { run } = await open(large);
    await run(
      "window.parsed = 0; const parse = JSON.parse; JSON.parse = (text) => { window.parsed++; return parse(text); }",
    );
    await run("document.getElementById('tab-changes').click()");
    expect(await run("window.parsed")).toBe(0);
    await run("document.querySelector('#panel-changes .item .row').click()");
    expect(await run<number>("window.parsed")).toBeLessThan(3);
  });

  it("goes onto paper in part, and says so", async () => {
    const { page, run } = await open(large);
    await run("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Lists are cut to 300 rows on paper").isVisible()).toBe(true);
    expect(await page.locator("#panel-changes .item").count()).toBeLessThanOrEqual(325);
    await run("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator("#panel-changes .block[hidden]").count()).toBe(0);
  });
});

inBrowser("a report of 1,000 clusters", (open) => {
  it("shows the worst of them, and all when asked", async () => {
    const graph = { namespaces: [], apps: ["namespaces"] };
    const clusters = Array.from({ length: 1000 }, (_, index) => `cluster-${`${index}`.padStart(4, "0")}`);
    const [first, second] = largeReport(2).changes;
    if (!first || !second) throw new Error("the report has no changes");
    const changes = [
      { ...first, component: "apps", clusters, files: clusters.map((cluster) => `${cluster}/apps/file.yaml`) },
      { ...second, component: "apps", clusters: ["cluster-0777"] },
    ];
    const graphs = Object.fromEntries(clusters.map((cluster) => [cluster, graph]));
    const { page, run, problems } = await open(reportOf({ changes, findings: [], graphs }));
    expect(await page.getByRole("columnheader").count()).toBe(17);
    expect(await run<number>(ELEMENTS)).toBeLessThan(MOST_ELEMENTS);
    await page.getByRole("button", { name: "All 1000 clusters" }).click();
    expect(await page.getByRole("columnheader").count()).toBe(1001);
    await page.getByRole("tab", { name: "Changes" }).click();
    expect(await page.locator(".row").filter({ visible: true }).nth(1).innerText()).toContain("1,000 clusters");
    await page.goto(page.url().replace(/#.*/, "#graph=cluster-0777"));
    expect(await page.getByText("cluster-0777: 1 of 2 Kustomizations changes").isVisible()).toBe(true);
    expect(problems).toEqual([]);
  });

  it("draws a graph of 1,000 Kustomizations", async () => {
    const graph: Record<string, readonly string[]> = {};
    for (let index = 0; index < 1000; index++)
      graph[`part-${index}`] = index < 25 ? [] : [`part-${index - 25}`, `part-${(index * 7) % 25}`];
    const [first] = largeReport(1).changes;
    if (!first) throw new Error("the report has no changes");
    const changes = [{ ...first, component: "part-3", clusters: ["app1"], files: ["app1/part-3/file.yaml"] }];
    const { page, problems } = await open(reportOf({ changes, findings: [], graphs: { app1: graph } }), {
      at: "#graph",
    });
    expect(await page.locator(".node").count()).toBe(1000);
    expect(await page.locator(".node.waits").count()).toBeGreaterThan(39);
    await page.locator(".node.changed").click();
    expect(await page.locator(".selected").innerText()).toContain("Waits on it");
    expect(problems).toEqual([]);
  });
});
