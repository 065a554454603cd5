/** A text in lines of at most `width` characters, the first begun with `first`, the others with `rest`. A longer word is broken. */
export function wrapped(text: string, width: number, first: string, rest = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of words(text, width - Math.max(first.length, rest.length))) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

function words(text: string, most: number): readonly string[] {
  return text.split(/ +/).flatMap((word) => {
    const pieces: string[] = [];
    for (let at = 0; at < word.length; at += most) pieces.push(word.slice(at, at + most));
    return pieces;
  });
}
