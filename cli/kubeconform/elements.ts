/** Reads one JSON document piece by piece. */
export interface ElementsReader {
  /** Takes the next piece. Throws when what it completes is not JSON. */
  readonly push: (chunk: string) => void;
  /** Whether the document is complete. */
  readonly isComplete: () => boolean;
}

/** The depth at which elements of the document's arrays open: `{`, `[`, `{`. */
const ELEMENT = 3;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/**
 * Reads `{ "<name>": [ element, … ], … }` and hands over each element of its arrays as soon as it is complete, so that the whole
 * never has to be in memory.
 */
export function readElements(take: (element: unknown) => void): ElementsReader {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let ended = false;
  let element: string | undefined;

  const push = (chunk: string): void => {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) inString = false;
      } else if (code === QUOTE) {
        inString = true;
      } else if (OPENING.has(code)) {
        depth += 1;
        if (depth === ELEMENT) {
          element = "";
          start = at;
        }
      } else if (CLOSING.has(code)) {
        depth -= 1;
        if (depth < 0) throw new SyntaxError("more brackets close than were opened");
        ended = depth === 0;
        if (depth === ELEMENT - 1 && element !== undefined) {
          const text = element + chunk.slice(start, at + 1);
          element = undefined;
          take(JSON.parse(text));
        }
      }
    }
    if (element !== undefined) element += chunk.slice(start);
  };
  return { push, isComplete: () => ended };
}
