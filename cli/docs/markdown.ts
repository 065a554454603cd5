/** A table of Markdown. Cells are taken as they are, but for what would end a cell or a row. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headings), `|${headings.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** Text that is shown as it is written. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A list in one cell; a dash where it is empty. */
export function list(items: readonly string[]): string {
  return items.length > 0 ? items.join(", ") : "–";
}

/** Whole US dollars. */
export function dollars(usd: number): string {
  return `$${Math.round(usd).toLocaleString("en-US")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
