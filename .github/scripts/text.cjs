// Makes text that anybody may have written fit to be posted in a comment: it stays readable, and notifies, loads, links and hides nothing.

/** Put after a character that means something to whoever renders the comment. It has no width and no meaning. */
const BREAK = "\u200b";

/** Tags that a report folds and lays out with. None takes attributes but `open`. */
const TAG = /<(?!(?:\/?(?:details|summary|b|i|br|code|sub|sup|kbd|p)|details open|br ?\/)>)(?=[a-z/!?])/gi;

/** Entities that stand for nothing but punctuation. Any other could stand for an `@` or a `#`; numbers need no `;` for that in HTML. */
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|nbsp|#3[489]|#42|#6[02]|#9[12356]|#124);)(?=#|\w+;)/gi;

/** Characters that are not seen, that change the order in which others are seen, or that stand for nothing anybody agreed upon. */
const UNSEEN = /(?![\n\t\u200b])[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;

/** Stands for the start of a link that may be, until all others are undone. Removed from the text before. */
const LINK = "\ue000";

/**
 * @param {string} text Markdown that nobody vouches for.
 * @param {string} [root] Address of the folder that `docs/` is in: links may lead there, also relative ones.
 * @returns {string}
 */
function harmless(text, root) {
  return linked(text.replace(/\r\n?/g, "\n").replace(UNSEEN, ""), root)
    .replaceAll("&#64;", "@")
    .replace(TAG, `<${BREAK}`)
    .replace(ENTITY, `&${BREAK}`)
    .replace(/!\[/g, `!${BREAK}[`)
    .replace(/\]([(:])/g, `]${BREAK}$1`)
    .replace(/(^|[^a-z0-9])@(?=[a-z0-9<])/gi, `$1@${BREAK}`)
    .replace(/((?<!&)#|!)(?=\d)/g, `$1${BREAK}`)
    .replace(/\b(GH-|AB#)(?=\d)/gi, `$1${BREAK}`)
    .replace(/:\/\/|\bwww\./gi, (start) => `${start[0]}${BREAK}${start.slice(1)}`)
    .replace(/^([ \t>]*)\/(?=[a-z])/gim, `$1${BREAK}/`)
    .replaceAll(LINK, `](${root}`);
}

/** @param {string} text @param {string | undefined} root */
function linked(text, root) {
  if (root === undefined) return text;
  return text
    .replaceAll(`](${root}docs/`, "](docs/")
    .replace(/\]\((?:\.\/)?(?=docs\/(?:[\w/#-]|\.(?!\.)){1,200}\))/g, LINK);
}

/**
 * Cuts Markdown at the end of a line, and closes what the cut leaves open.
 * @param {string} text
 * @param {number} most Characters.
 * @param {string} notice Said where it was cut.
 * @returns {string}
 */
function fitted(text, most, notice) {
  if (text.length <= most) return text;
  const end = `\n\n${notice}\n`;
  for (let room = most - end.length; room > 0; ) {
    const cut = text.lastIndexOf("\n", room);
    const kept = text.slice(0, cut > 0 ? cut : room).replace(/[\ud800-\udbff]$/, "");
    const whole = kept + closing(kept) + end;
    if (whole.length <= most) return whole;
    room = Math.min(room, kept.length) - (whole.length - most);
  }
  return end.trim().slice(0, most);
}

/** What closes the code block and the folds that are open at the end. @param {string} text */
function closing(text) {
  /** @type {string | undefined} */
  let fence;
  let open = 0;
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
    } else if (mark) fence = mark;
    else open += (line.match(/<details(?: open)?>/g) ?? []).length - (line.match(/<\/details>/g) ?? []).length;
  }
  return `${fence ? `\n${fence}` : ""}${"\n</details>".repeat(Math.max(0, open))}`;
}

/** A word from elsewhere as code within a line. @param {string} word */
function code(word) {
  return `\`${harmless(word).replace(/[`\n]/g, " ").slice(0, 120)}\``;
}

module.exports = { code, fitted, harmless };
