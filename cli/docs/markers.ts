/** Texts that are generated, by the name that their markers give. */
export type Parts = Readonly<Record<string, string>>;

/** A line that begins or ends a generated part: `<!-- generated: NAME -->`, `<!-- /generated: NAME -->`. */
const MARKER = /^<!-- (\/?)generated: (\S+) -->$/;

/** A marker that is not as it should be. */
export class MarkerError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** A document with its generated parts, and the names of those. */
export interface Filled {
  readonly text: string;
  readonly used: readonly string[];
}

/** Puts the generated parts of a document in place. Throws a {@link MarkerError} with every marker that is wrong. */
export function fill(path: string, text: string, parts: Parts): Filled {
  const lines: string[] = [];
  const problems: string[] = [];
  const used: string[] = [];
  let open: { readonly name: string; readonly line: number } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const at = `${path}:${index + 1}`;
    const [, slash, name] = MARKER.exec(line) ?? [];
    if (name === undefined) {
      if (/<!-- *\/?generated\b/.test(line))
        problems.push(`${at} is no marker; write <!-- generated: NAME --> alone on a line`);
      if (!open) lines.push(line);
    } else if (slash) {
      if (open?.name !== name) problems.push(`${at} ends the part ${name}, which does not begin before it`);
      if (open?.name === name) lines.push(line);
      open = undefined;
    } else {
      if (open)
        problems.push(`${path}:${open.line} begins the part ${open.name}, which does not end before ${name} begins`);
      if (!Object.hasOwn(parts, name))
        problems.push(`${at} names the part ${name}; there are ${Object.keys(parts).join(", ")}`);
      lines.push(line, "", parts[name] ?? "", "");
      used.push(name);
      open = { name, line: index + 1 };
    }
  }
  if (open) problems.push(`${path}:${open.line} begins the part ${open.name}, which does not end`);
  if (problems.length > 0) throw new MarkerError(problems);
  return { text: lines.join("\n"), used };
}
