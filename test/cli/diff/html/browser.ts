import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { toHtml } from "../../../../cli/diff/html";
import type { DiffResult } from "../../../../cli/diff/model";

/** A page that is open, and everything about it that should not have happened. */
export interface Opened {
  readonly page: Page;
  /** Errors, warnings, dialogs and requests; empty unless something is wrong. */
  readonly problems: readonly string[];
  /** Runs an expression in the page. */
  readonly run: <T>(expression: string) => Promise<T>;
  /** Waits until an expression holds in the page. */
  readonly until: (expression: string) => Promise<void>;
}

/** Opens a report from disk, without a network. */
export type Open = (result: DiffResult, options?: BrowserContextOptions & { readonly at?: string }) => Promise<Opened>;

/** Milliseconds that something may take on a busy machine. */
const PATIENCE = 20_000;

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const executable = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find(canRun);

/** Tests in a real browser. Where there is none they are loudly not run, and in CI they fail. */
export function inBrowser(what: string, tests: (open: Open) => void): void {
  if (executable === undefined) withoutBrowser(what);
  else withBrowser(what, executable, tests);
}

function withBrowser(what: string, executablePath: string, tests: (open: Open) => void): void {
  describe(what, () => {
    const folder = mkdtempSync(join(tmpdir(), "diff-report-"));
    const pages: Page[] = [];
    let browser: Browser;
    let files = 0;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath });
    });
    afterEach(async () => {
      for (const page of pages.splice(0)) await page.context().close();
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });
    tests(async (result, { at = "", ...options } = {}) => {
      const file = join(folder, `report-${files++}.html`);
      writeFileSync(file, toHtml(result));
      const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, offline: true, ...options });
      const page = await context.newPage();
      pages.push(page);
      const problems: string[] = [];
      const url = pathToFileURL(file).href;
      page.on("console", (message) => problems.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
      page.on("request", (request) => {
        if (request.url().split("#")[0] !== url) problems.push(`request: ${request.url()}`);
      });
      page.on("dialog", (dialog) => {
        problems.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(`${url}${at}`);
      const run = <T>(expression: string) => page.evaluate(expression) as Promise<T>;
      const until = async (expression: string) => {
        const end = Date.now() + PATIENCE;
        while (!(await run<boolean>(expression))) {
          if (Date.now() > end) throw new Error(`does not come true: ${expression}`);
          await page.waitForTimeout(20);
        }
      };
      return { page, problems, run, until };
    });
  });
}

function withoutBrowser(what: string): void {
  const reason = `NOT RUN: "${what}" needs one of ${NAMES.join(", ")} on the PATH. Fix: apt-get install chromium`;
  if (process.env["CI"] === "true") {
    it(what, () => {
      throw new Error(reason);
    });
  } else {
    process.stderr.write(`\n${reason}\n\n`);
    it.skip(`${what} (${reason})`, () => undefined);
  }
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
