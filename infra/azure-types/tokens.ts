import { TOKENS, type TokenEntry } from "./token-table";

export { TOKENS, type TokenEntry } from "./token-table";

const PREFIX = "azure-native:";

/** What is known of a token; none when it is not a resource of Azure, or not one in the table. */
export function entryOf(token: string): TokenEntry | undefined {
  return token.startsWith(PREFIX) ? TOKENS[keyOf(token)] : undefined;
}

/** The key of a token in tables: without `azure-native:`. */
export function keyOf(token: string): string {
  return token.slice(PREFIX.length);
}

/** Whether a token stands for a resource of Azure: components, the stack itself and providers do not. */
export function isAzure(token: string): boolean {
  return token.startsWith(PREFIX);
}
