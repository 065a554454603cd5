import type { RawData, RawType } from "../data";
import { prune } from "./prune";

/** Reads a file under `generated/` of the repository. */
export type ReadFile = (path: string) => Promise<string>;

/** The data for some resource types, or why there is none. */
export interface Collected {
  readonly data: RawData;
  readonly problems: readonly string[];
}

interface Index {
  readonly resources?: Readonly<Record<string, { readonly $ref: string }>>;
}

/** Finds resource types, `<type>@<version>`, through the repository's index and prunes the lists they are in. */
export async function collect(resources: readonly string[], read: ReadFile): Promise<Collected> {
  const index = parse(await read("index.json"), "index.json") as Index;
  const places = new Map(
    Object.entries(index.resources ?? {}).map(([name, { $ref }]) => [name.toLowerCase(), $ref.split("#")[0] ?? ""]),
  );
  const unknown = resources.filter((name) => !places.has(name.toLowerCase()));
  const problems = unknown.map((name) => `${name} is not in the index; is the version one that Azure has published?`);
  const paths = new Set(resources.flatMap((name) => places.get(name.toLowerCase()) ?? []));
  const found = new Map<string, readonly RawType[]>();
  for (const path of [...paths].sort()) {
    const inside = resources.filter((name) => places.get(name.toLowerCase()) === path);
    const { types, missing } = prune(listOf(await read(path), path), inside);
    found.set(keyOf(path), types);
    problems.push(...missing.map((name) => `${name} is not in ${path}, where the index says it is`));
  }
  const data = Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { data, problems };
}

/** Key of a list in the data: `network/microsoft.network/2024-05-01/types.json` becomes `microsoft.network@2024-05-01@network.json`. */
function keyOf(path: string): string {
  const [folder, namespace, version] = path.split("/");
  return `${namespace}@${version}@${folder}.json`;
}

function listOf(text: string, path: string): readonly RawType[] {
  const list = parse(text, path);
  if (!Array.isArray(list)) throw new Error(`${path} is no list of types`);
  return list as readonly RawType[];
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON; it begins with ${JSON.stringify(text.slice(0, 60))}`);
  }
}
