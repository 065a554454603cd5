/**
 * A regular expression that means the same to Go (the API server, kubeconform) and to JavaScript (ajv compiles with the `u` flag),
 * or the reason why there is none.
 */
export function portablePattern(pattern: string): { pattern: string } | { reason: string } {
  if (/\(\?[a-zA-Z-]+[:)]/.test(pattern)) return { reason: "inline flags are Go's alone" };
  if (/\(\?P</.test(pattern)) return { reason: "(?P<name> is Go's alone" };
  if (/\[\[:\^?\w+:\]/.test(pattern)) return { reason: "POSIX classes are Go's alone" };
  if (/\\[AzQEC]/.test(pattern)) return { reason: "\\A, \\z, \\Q, \\E and \\C are Go's alone" };
  if (/\(\?<?[=!]/.test(pattern)) return { reason: "Go has no look-around" };
  for (const candidate of [pattern, withoutNeedlessEscapes(pattern)]) {
    if (compiles(candidate)) return { pattern: candidate };
  }
  return { reason: "JavaScript cannot compile it" };
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

// Go allows a backslash before any punctuation; JavaScript with the u flag only before its own syntax characters, and before a hyphen
// only inside a class, so a hyphen is written by its code, which means itself in both places.
function withoutNeedlessEscapes(pattern: string): string {
  return pattern.replace(/\\([^a-zA-Z0-9\s])/g, (escaped, character: string) => {
    if (character === "-") return "\\x2d";
    return "^$\\.*+?()[]{}|/".includes(character) ? escaped : character;
  });
}
