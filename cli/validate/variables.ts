/** A variable that Flux replaces when it applies a manifest: `${NAME}`, `${NAME:=default}`. */
const VARIABLE = /\$\{[A-Za-z_][A-Za-z0-9_]*[^}]*\}/g;

/** Whether a text has a variable in it, so that its final value is not known here. */
export function hasVariable(text: string): boolean {
  return text.search(VARIABLE) >= 0;
}

/** A text as it may look when its variables have values, so that its form can be checked. */
export function withVariablesSet(text: string): string {
  return text.replace(VARIABLE, "x");
}
