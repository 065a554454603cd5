import type { Page } from "playwright-core";
import { inBrowser } from "./browser";
import { realisticReport } from "./realistic";
import { EMPTY } from "./reports";

const result = realisticReport();
const tab = (page: Page, name: string) => page.getByRole("tab", { name });
const rows = (page: Page) => page.getByRole("list", { name: "Objects that change" }).locator(".item");
const row = (page: Page, text: string) => rows(page).filter({ hasText: text }).first().getByRole("button").first();
const status = (page: Page) => page.getByRole("tabpanel").getByRole("status");
const option = (page: Page, name: string) => page.getByRole("complementary").getByRole("checkbox", { name }).first();

/** Waits until a text says what it must. */
async function says(page: Page, text: string): Promise<void> {
  await status(page).filter({ hasText: text }).waitFor({ timeout: 10_000 });
}

inBrowser("the report in a browser", (open) => {
  it("starts with how it ends, what blocks it and the clusters side by side", async () => {
    const { page, problems } = await open(result);
    const text = await page.getByRole("tabpanel").innerText();
    for (const part of [
      "Stop",
      "3 findings block this change",
      "What blocks",
      "Clusters side by side",
      "29 objects differ",
    ])
      expect(text).toContain(part);
    expect(await page.getByRole("img", { name: "traffic light: red" }).isVisible()).toBe(true);
    expect(await page.getByRole("columnheader").allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining("app1"), expect.stringContaining("mgmt")]),
    );
    expect(problems).toEqual([]);
  });

  it("says so where nothing changes", async () => {
    const { page, problems } = await open(EMPTY);
    expect(await page.getByRole("tabpanel").innerText()).toContain("Nothing changes.");
    expect(await page.getByRole("img", { name: "traffic light: green" }).isVisible()).toBe(true);
    for (const name of ["Findings", "Changes", "Blast radius", "Versions"]) await tab(page, name).click();
    expect(problems).toEqual([]);
  });

  it("leads from a cell of the clusters to its objects", async () => {
    const { page } = await open(result);
    await page.getByRole("row", { name: "workloads-storefront" }).getByRole("button").click();
    await says(page, "4 of 18 changes");
    expect(await option(page, "app1").isChecked()).toBe(true);
    await page.getByRole("button", { name: "Clear filter" }).click();
    await says(page, "18 changes");
  });

  it("searches names at once, and contents as they are read", async () => {
    const { page, problems } = await open(result);
    await page.getByRole("searchbox").fill("kyverno ocirepository");
    await says(page, "1 of 18 changes");
    await page.getByRole("searchbox").fill("sku-family");
    await says(page, "1 of 18 changes");
    await page.getByRole("searchbox").fill("--resource-group");
    await says(page, "1 of 18 changes");
    await page.getByRole("searchbox").fill("no such thing");
    await page.getByRole("tabpanel").getByText("Nothing matches the filter.").waitFor();
    await page.getByRole("searchbox").press("Escape");
    await says(page, "18 changes");
    expect(problems).toEqual([]);
  });

  it("filters by severity, cluster, change and kind, and keeps the focus", async () => {
    const { page } = await open(result, { at: "#changes" });
    await option(page, "danger").check();
    await says(page, "4 of 18 changes");
    expect(await page.locator(":focus").getAttribute("data-value")).toBe("danger");
    await option(page, "app2").check();
    await says(page, "2 of 18 changes");
    await option(page, "removed").check();
    await says(page, "1 of 18 changes");
    await option(page, "danger").uncheck();
    await option(page, "removed").uncheck();
    await option(page, "app2").uncheck();
    await option(page, "NodePool").check();
    await says(page, "2 of 18 changes");
    await tab(page, "Findings").click();
    await says(page, "2 of 13 findings");
  });

  it("opens objects: fields before and after, findings, files of every cluster, and how clusters differ", async () => {
    const { page } = await open(result, { at: "#changes" });
    await row(page, "restrict-image-registries").click();
    const item = rows(page).filter({ hasText: "restrict-image-registries" });
    for (const part of [
      "spec.validationActions",
      "- Deny",
      "- Audit",
      "The same change on 2 clusters",
      "app2/kyverno-policies/",
      "blocks",
    ])
      expect(await item.innerText()).toContain(part);
    await row(page, "NodePool general").click();
    const table = page.getByRole("region", { name: "clusters side by side" });
    expect(await table.getByRole("columnheader").allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining("app1"), expect.stringContaining("app2, mgmt")]),
    );
    expect(await table.innerText()).toContain("as it was");
    await row(page, "night-script").click();
    await page.getByRole("button", { name: "4 equal lines" }).click();
    expect(await page.getByText("#!/bin/sh").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Close all" }).click();
    expect(await page.getByText("spec.validationActions").count()).toBe(0);
  });

  it("explains findings, with their fields, rule, waiver and change", async () => {
    const { page } = await open(result, { at: "#findings" });
    const item = page.getByRole("listitem").filter({ hasText: "Flux may delete it" });
    await item.getByRole("button").click();
    expect(await item.innerText()).toContain("Who answers for it: platform@example.com. Why: the shop is closed");
    expect(await item.innerText()).toContain("Disable its pruning first");
    await item.getByRole("link", { name: "Rule move/recreated" }).click();
    expect(await page.locator(":focus").innerText()).toContain("A move between Kustomizations");
    await page.goBack();
    await item.getByRole("link", { name: "The whole change" }).click();
    expect(await page.locator(":focus").innerText()).toContain("storefront/storefront");
    expect(page.url()).toMatch(/#change=c3$/);
  });

  it("goes to a change that an address names, though a filter hides it", async () => {
    const { page } = await open(result, { at: "#change=c10" });
    expect(await page.locator(":focus").innerText()).toContain("night-script");
    expect(await page.locator(":focus").getAttribute("aria-expanded")).toBe("true");
    await option(page, "danger").check();
    await page.goto(page.url().replace("c10", "c5"));
    await says(page, "18 changes");
    for (const hash of [
      "#change=nobody",
      "#graph=%zz",
      "#graph=%EF%BF%BD",
      "#rule=<img src=x>",
      "#=",
      "#change=__proto__",
    ]) {
      await page.goto(page.url().replace(/#.*/, hash));
      expect(await page.getByRole("tabpanel").count()).toBe(1);
    }
  });

  it("shows the graph with what waits on a change lit, and what a node needs when it is chosen", async () => {
    const { page } = await open(result, { at: "#graph=app1" });
    expect(await page.getByText("app1: 8 of 17 Kustomizations change, 2 more wait on them.").isVisible()).toBe(true);
    expect(await page.locator(".node.waits .title").allTextContents()).toEqual(["kiali", "external-secrets-stores"]);
    // The edges between what changes or waits: two each from kyverno and istio, one each from five others.
    expect(await page.locator(".edge.lit").count()).toBe(9);
    await page.getByRole("button", { name: /^kyverno: notice, 1 object differs, \d+ wait on it/ }).click();
    const side = page.locator(".selected");
    expect(await side.innerText()).toContain("Needs first (2): namespaces, priority-classes");
    expect(await side.innerText()).toContain(
      "Waits on it (4): kyverno-policies, monitoring, night, workloads-storefront",
    );
    await page.getByText("The same as a table").click();
    expect(await page.getByRole("row", { name: /external-secrets-stores.*waits/ }).isVisible()).toBe(true);
    await page.getByRole("combobox", { name: "Cluster" }).selectOption("mgmt");
    expect(await page.getByText(/^mgmt: 4 of 12/).isVisible()).toBe(true);
  });

  it("lists images, versions, variables, workloads and Azure resources, and searches them", async () => {
    const { page } = await open(result, { at: "#versions" });
    const text = await page.getByRole("tabpanel").innerText();
    for (const part of [
      "storefront:2.5.0",
      "3.10.0",
      "no producer",
      "ConfigMap ledger/settings",
      "3 to 9",
      "replaces it",
    ])
      expect(text).toContain(part);
    await page.getByRole("searchbox").fill("asm-1-28");
    await page.getByText("1 of 2").waitFor();
  });

  it("fits 800 pixels, and prints every view", async () => {
    const { page, run } = await open(result, { viewport: { width: 800, height: 900 } });
    for (const name of ["Overview", "Findings", "Changes", "Blast radius", "Versions"]) {
      await tab(page, name).click();
      expect(await run<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(800);
    }
    await run("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: "print" });
    const text = await page.locator("main").innerText();
    for (const part of [
      "What blocks",
      "Flux may delete it",
      "restrict-image-registries",
      "more wait on them",
      "Images",
    ])
      expect(text).toContain(part);
    expect(await page.locator("nav, aside").filter({ visible: true }).count()).toBe(0);
  });
});
