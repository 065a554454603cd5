/** A line of two texts laid over each other. */
export interface Line {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}

/** A stretch of lines: shown, or a number of equal ones that are folded. */
export type Stretch = { readonly lines: readonly Line[] } | { readonly folded: readonly Line[] };

/** Differing lines beyond which the closest match is not looked for: the old text is then shown above the new one. */
const MOST_EDITS = 600;

/** Equal lines around a difference that stay visible. */
const CONTEXT = 3;

/** Lays two texts over each other with the fewest lines that differ (Myers). */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [
    ...signed(" ", before.slice(0, start)),
    ...middle(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...signed(" ", before.slice(before.length - tail)),
  ];
}

/** Folds long stretches of equal lines. */
export function folded(lines: readonly Line[]): readonly Stretch[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (line.sign !== " ") near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const stretches: Stretch[] = [];
  for (let start = 0; start < lines.length; ) {
    let end = start;
    while (end < lines.length && near[end] === near[start]) end++;
    const stretch = lines.slice(start, end);
    stretches.push(near[start] || stretch.length === 1 ? { lines: stretch } : { folded: stretch });
    start = end;
  }
  return stretches;
}

/** What two texts on one line have in common at both ends, in whole words; the rest of each differs. */
export function commonEnds(before: string, after: string): readonly [start: number, end: number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  while (start > 0 && (isInWord(before, start) || isInWord(after, start))) start--;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  while (end > 0 && (isInWord(before, before.length - end) || isInWord(after, after.length - end))) end--;
  return [start, end];
}

function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length === 0 || after.length === 0) return [...signed("-", before), ...signed("+", after)];
  const trace = search(before, after);
  return trace ? retrace(trace, before, after) : [...signed("-", before), ...signed("+", after)];
}

/** For every number of edits, how far each diagonal got; undefined if there are too many. */
function search(before: readonly string[], after: readonly string[]): readonly Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  const limit = Math.min(before.length + after.length, MOST_EDITS);
  let reached = new Int32Array(2 * limit + 3);
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(reached.slice());
    const next = reached.slice();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = step(reached, limit, diagonal, edits);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      next[limit + 1 + diagonal] = x;
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
    reached = next;
  }
  return undefined;
}

/** Where a diagonal starts: one line down from the diagonal above, or one line right from the one below. */
function step(reached: Int32Array, limit: number, diagonal: number, edits: number): number {
  const down = reached[limit + 2 + diagonal] ?? 0;
  const right = (reached[limit + diagonal] ?? 0) + 1;
  if (edits === 0) return 0;
  return diagonal === -edits || (diagonal !== edits && right - 1 < down) ? down : right;
}

function retrace(trace: readonly Int32Array[], before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  const limit = ((trace[0]?.length ?? 3) - 3) / 2;
  let x = before.length;
  let y = after.length;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reached = trace[edits] ?? new Int32Array();
    const diagonal = x - y;
    const start = step(reached, limit, diagonal, edits);
    for (; x > start && y > 0; y--) lines.push({ sign: " ", text: before[--x] ?? "" });
    if (edits === 0) break;
    const isDown =
      diagonal === -edits ||
      (diagonal !== edits && (reached[limit + diagonal] ?? 0) < (reached[limit + 2 + diagonal] ?? 0));
    if (isDown) lines.push({ sign: "+", text: after[--y] ?? "" });
    else lines.push({ sign: "-", text: before[--x] ?? "" });
  }
  return lines.reverse();
}

function signed(sign: Line["sign"], texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ sign, text }));
}

/** Whether a cut at this place would go through a word, a number or a character of two halves. */
function isInWord(text: string, at: number): boolean {
  return /^(?:[A-Za-z0-9]{2}|[\uD800-\uDBFF][\uDC00-\uDFFF])/.test(text.slice(at - 1, at + 1));
}
