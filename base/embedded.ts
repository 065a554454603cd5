import { toYaml } from "./yaml";

const written = new Map<string, string>();
/** Bounds the memory that remembered texts take; clusters differ in few of them. */
const MOST = 1_000;

/** YAML that stands as a text in a manifest. Each is written once, since most clusters have the same ones. */
export function embeddedYaml(data: object): string {
  const key = JSON.stringify(data);
  const known = written.get(key);
  if (known !== undefined) return known;
  const text = toYaml(data, "  ");
  if (written.size < MOST) written.set(key, text);
  return text;
}
