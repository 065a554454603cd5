import type { Page } from "playwright-core";
import { inBrowser } from "./browser";
import { realisticReport } from "./realistic";

const result = realisticReport();
const focused = (page: Page) => page.locator(":focus");
const chosen = (page: Page) => page.getByRole("tab", { selected: true }).innerText();
const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

inBrowser("the report by keyboard", (open) => {
  it("can be walked through in the order in which it is seen, each stop visible", async () => {
    const { page, run } = await open(result, { at: "#changes" });
    const stops: string[] = [];
    for (let stop = 0; stop < 90; stop++) {
      await page.keyboard.press("Tab");
      const [name, outline] = await run<[string, string]>(
        "[document.activeElement.closest('aside, nav, header, [role=list], .skip')?.className || document.activeElement.closest('header, nav')?.tagName || 'main', getComputedStyle(document.activeElement).outlineStyle]",
      );
      if (name === "main" && (await run<boolean>("document.activeElement === document.body"))) break;
      expect(outline).not.toBe("none");
      if (stops.at(-1) !== name) stops.push(name);
    }
    expect(stops).toEqual(["skip", "HEADER", "NAV", "facets", "main", "list"]);
  });

  it("moves through lists with one tab stop, opens and closes rows", async () => {
    const { page } = await open(result, { at: "#changes" });
    await press(page, "l");
    expect(await focused(page).innerText()).toContain("restrict-image-registries");
    await press(page, "ArrowDown", "j", "k");
    expect(await focused(page).innerText()).toContain("legacy-batch");
    await press(page, "Enter");
    expect(await focused(page).getAttribute("aria-expanded")).toBe("true");
    expect(await page.getByText("the whole object, gone").isVisible()).toBe(true);
    await press(page, "ArrowLeft");
    expect(await focused(page).getAttribute("aria-expanded")).toBe("false");
    await press(page, "ArrowRight");
    expect(await focused(page).getAttribute("aria-expanded")).toBe("true");
    await press(page, "End");
    expect(await focused(page).innerText()).toContain("ledger/ledger");
    await press(page, "ArrowDown", "Home", "ArrowUp");
    expect(await focused(page).innerText()).toContain("restrict-image-registries");
    expect(await page.locator(".list [tabindex='0'].row").filter({ visible: true }).count()).toBe(1);
  });

  it("moves between tabs and between nodes of the graph", async () => {
    const { page } = await open(result);
    await page.getByRole("tab", { name: "Overview" }).focus();
    await press(page, "ArrowRight", "ArrowRight");
    expect(await chosen(page)).toContain("Changes");
    await press(page, "End");
    expect(await chosen(page)).toContain("Versions");
    await press(page, "ArrowRight", "4");
    expect(await chosen(page)).toBe("Blast radius");
    await page.getByRole("combobox", { name: "Cluster" }).focus();
    await press(page, "Tab");
    const first = await focused(page).locator("title").textContent();
    expect(first).toMatch(/priority-classes|namespaces/);
    await press(page, "ArrowRight");
    expect(await focused(page).locator("title").textContent()).not.toBe(first);
    await press(page, "ArrowDown", "Enter");
    expect(await focused(page).getAttribute("aria-pressed")).toBe("true");
    await press(page, "ArrowLeft");
    expect(await focused(page).locator("title").textContent()).toMatch(/^(priority-classes|namespaces)/);
  });

  it("has keys of one letter, a list of them, and a way to switch them off", async () => {
    const { page } = await open(result);
    await press(page, "3");
    expect(await chosen(page)).toContain("Changes");
    await press(page, "/");
    await page.keyboard.type("kyverno 1x");
    expect(await page.getByRole("searchbox").inputValue()).toBe("kyverno 1x");
    expect(await chosen(page)).toContain("Changes");
    await press(page, "Escape", "Tab", "?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    expect(await keys.isVisible()).toBe(true);
    expect(await keys.innerText()).toContain("change the theme");
    await press(page, "1");
    expect(await chosen(page)).toContain("Changes");
    await page.getByRole("checkbox", { name: "Keys of one letter are on" }).uncheck();
    await press(page, "Escape", "1");
    expect(await keys.isVisible()).toBe(false);
    expect(await chosen(page)).toContain("Changes");
  });

  it("goes from the search into the results", async () => {
    const { page } = await open(result);
    await press(page, "/");
    await page.keyboard.type("gateway public");
    await page.getByRole("status").filter({ hasText: "1 of 18" }).first().waitFor();
    await press(page, "Enter");
    expect(await focused(page).innerText()).toContain("istio-ingress/public");
  });

  it("is dark or light as the reader likes it, and can be told otherwise", async () => {
    const ground = "getComputedStyle(document.documentElement).backgroundColor";
    for (const [colorScheme, colour] of [
      ["dark", "rgb(13, 17, 23)"],
      ["light", "rgb(244, 246, 248)"],
    ] as const) {
      const { page, run, problems } = await open(result, { colorScheme });
      expect(await run(ground)).toBe(colour);
      const button = page.getByRole("button", { name: /^Theme/ });
      await button.click();
      expect(await run(ground)).toBe("rgb(13, 17, 23)");
      await press(page, "t");
      expect(await run(ground)).toBe("rgb(244, 246, 248)");
      expect(await button.innerText()).toContain("light");
      // A browser writes its storage when it has time.
      for (let turn = 0; turn === 0 || (turn < 20 && !(await button.innerText()).includes("light")); turn++) {
        await page.waitForTimeout(100);
        await page.reload();
      }
      expect(await run(ground)).toBe("rgb(244, 246, 248)");
      await press(page, "t");
      expect(await run(ground)).toBe(colour);
      expect(problems).toEqual([]);
    }
  });
});
