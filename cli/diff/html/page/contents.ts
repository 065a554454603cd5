import type { FieldChange } from "../../model";
import { browser } from "./dom";
import type { App } from "./state";
import { isScalar } from "./yaml";

/** Changes whose contents are read before the page may draw again. */
const SLICE = 400;

/** Reads the contents of all changes, a slice at a time, from the first search on: so that a search finds them too. */
export function readContents(app: App): void {
  let next = 0;
  let isReading = false;
  const read = () => {
    const end = Math.min(next + SLICE, app.changes.length);
    for (const row of app.changes.slice(next, end)) row.text += app.fieldsOf(row).map(textOf).join("").toLowerCase();
    next = end;
    if (next < app.changes.length) browser.setTimeout(read, 0);
    app.filter.refresh();
  };
  app.filter.listen(() => {
    if (isReading || app.filter.text().trim() === "") return;
    isReading = true;
    browser.setTimeout(read, 0);
  });
}

function textOf({ path, before, after }: FieldChange): string {
  const text = (value: unknown) => (value === undefined ? "" : isScalar(value) ? `${value}` : JSON.stringify(value));
  return `\n${path}\n${text(before)}\n${text(after)}`;
}
