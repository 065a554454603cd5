import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATA_FILE, type RawData, type RawType, resourceTypes } from "../../../infra/azure-types/data";
import { neededTypes, run } from "../../../infra/azure-types/update";
import type { ReadFile } from "../../../infra/azure-types/update/collect";
import { prune } from "../../../infra/azure-types/update/prune";

const committed = JSON.parse(readFileSync(DATA_FILE, "utf8")) as RawData;

/** A list as Azure publishes it: prose, another resource in between, references past each other. Invented. */
const PUBLISHED = [
  { $type: "StringType" },
  { $type: "StringLiteralType", value: "Microsoft.Tea/pots" },
  { $type: "ObjectType", name: "Microsoft.Tea/cups", properties: { id: { type: { $ref: "#/0" }, flags: 10 } } },
  {
    $type: "ResourceType",
    name: "Microsoft.Tea/cups@2026-01-01",
    body: { $ref: "#/2" },
    readableScopes: 8,
    writableScopes: 8,
  },
  {
    $type: "ObjectType",
    name: "Microsoft.Tea/pots",
    properties: {
      type: { type: { $ref: "#/1" }, flags: 10, description: "The resource type" },
      description: { type: { $ref: "#/0" }, flags: 0, description: "What the pot is for" },
      brew: { type: { $ref: "#/8" }, flags: 1 },
      tags: { type: { $ref: "#/6" }, flags: 0 },
    },
  },
  {
    $type: "ResourceType",
    name: "Microsoft.Tea/pots@2026-01-01",
    body: { $ref: "#/4" },
    functions: { listLeaves: { type: { $ref: "#/2" } } },
    readableScopes: 8,
    writableScopes: 8,
  },
  { $type: "ObjectType", name: "Tags", properties: {}, additionalProperties: { $ref: "#/0" } },
  { $type: "ObjectType", name: "Green", properties: { grams: { type: { $ref: "#/9" }, flags: 1 } } },
  {
    $type: "DiscriminatedObjectType",
    name: "Brew",
    discriminator: "kind",
    baseProperties: { hot: { type: { $ref: "#/10" }, flags: 0, description: "Whether it is hot" } },
    elements: { green: { $ref: "#/7" } },
  },
  { $type: "IntegerType", minValue: 1, maxValue: 9 },
  { $type: "BooleanType" },
] as unknown as readonly RawType[];

describe("pruning", () => {
  const { types, missing } = prune(PUBLISHED, ["Microsoft.Tea/pots@2026-01-01", "Microsoft.Tea/kettles@2026-01-01"]);

  test("keeps what the resource reaches, numbered anew", () => {
    expect(types.map(({ $type, name }) => name ?? $type)).toEqual([
      "StringType",
      "StringLiteralType",
      "Microsoft.Tea/pots",
      "Microsoft.Tea/pots@2026-01-01",
      "Tags",
      "Green",
      "Brew",
      "IntegerType",
      "BooleanType",
    ]);
    expect(types[3]?.body).toEqual({ $ref: "#/2" });
    expect(types[6]).toEqual({
      $type: "DiscriminatedObjectType",
      name: "Brew",
      discriminator: "kind",
      baseProperties: { hot: { type: { $ref: "#/8" }, flags: 0 } },
      elements: { green: { $ref: "#/5" } },
    });
  });

  test("takes prose and functions away, and no property that is called description", () => {
    expect(JSON.stringify(types)).not.toMatch(/What the pot is for|Whether it is hot|functions/);
    expect(Object.keys(types[2]?.properties ?? {})).toEqual(["type", "description", "brew", "tags"]);
  });

  test("names what is not there", () => {
    expect(missing).toEqual(["Microsoft.Tea/kettles@2026-01-01"]);
  });

  test("gives a list that can be read", () => {
    expect(
      resourceTypes({ "microsoft.tea@2026-01-01@tea.json": types }).get("microsoft.tea/pots@2026-01-01"),
    ).toMatchObject({
      kind: "object",
    });
  });

  test("changes nothing in the data that is committed", () => {
    for (const list of Object.values(committed)) {
      const all = list.flatMap(({ $type, name }) => ($type === "ResourceType" && name ? [name] : []));
      expect(prune(list, all)).toEqual({ types: list, missing: [] });
    }
  });
});

describe("the committed data", () => {
  const origin = JSON.parse(readFileSync(join(DATA_FILE, "../origin.json"), "utf8")) as { sha256: string };

  test("is what its origin says", () => {
    expect(createHash("sha256").update(readFileSync(DATA_FILE)).digest("hex")).toBe(origin.sha256);
  });

  test("can be read to its last entry", () => {
    expect(resourceTypes(committed).size).toBeGreaterThan(40);
  });
});

describe("npm run azure-types", () => {
  let folder = "";
  let printed = "";
  const published = publishedAs(neededTypes());
  const task = (args: readonly string[], read: ReadFile = published) => run(args, { folder, read });
  const content = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "azure-types-"));
    writeFileSync(join(folder, "origin.json"), JSON.stringify({ repository: "r", commit: "1f896de", sha256: "old" }));
    writeFileSync(join(folder, "arm-types.json"), "old");
    printed = "";
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, "write").mockImplementation((text) => {
        printed += String(text);
        return true;
      });
    }
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test("writes every needed type and what it wrote, and finds nothing to do after that", async () => {
    expect(await task([])).toBe(0);
    const text = readFileSync(join(folder, "arm-types.json"), "utf8");
    expect([...resourceTypes(JSON.parse(text) as RawData).keys()].sort()).toEqual(
      neededTypes().map((name) => name.toLowerCase()),
    );
    const { sha256 } = JSON.parse(readFileSync(join(folder, "origin.json"), "utf8")) as { sha256: string };
    expect(sha256).toBe(createHash("sha256").update(text).digest("hex"));
    expect(readdirSync(folder).sort()).toEqual(["arm-types.json", "origin.json"]);
    expect(await task(["--check"])).toBe(0);
  });

  test("compares and writes nothing with --check", async () => {
    const before = content();
    expect(await task(["--check"])).toBe(1);
    expect(printed).toContain("is not what the commit gives; run npm run azure-types");
    expect(content()).toEqual(before);
  });

  const failing: readonly (readonly [string, ReadFile, string])[] = [
    ["the network is not there", () => Promise.reject(new Error("no network")), "no network; nothing was written"],
    ["a file is missing half way", breaking(published, "network_"), "network_ is gone; nothing was written"],
    ["a page of a proxy comes instead", () => Promise.resolve("<html>"), "index.json is not JSON"],
    ["a type is not in the index", publishedAs(neededTypes().slice(1)), "is not in the index"],
    ["a type is not where the index says", misplaced(published), "where the index says it is"],
  ];

  test.each(failing)("writes nothing when %s", async (_, read, message) => {
    const before = content();
    expect(await task([], read)).toBe(1);
    expect(printed).toContain(message);
    expect(content()).toEqual(before);
  });

  test("knows its arguments", async () => {
    expect(await task(["--help"])).toBe(0);
    expect(await task(["--chekc"])).toBe(2);
    expect(await task(["--from"])).toBe(2);
    expect(await task(["--from", "a", "b"])).toBe(2);
    expect(await run(["--from", folder], { folder })).toBe(1);
    expect(printed).toContain("is no git checkout");
  });
});

/** An origin that publishes some resource types, each namespace and version in a file of its own. */
function publishedAs(resources: readonly string[]): ReadFile {
  const files = new Map<string, RawType[]>();
  const index: Record<string, { $ref: string }> = {};
  for (const name of resources) {
    const [type = "", version = ""] = name.split("@");
    const namespace = (type.split("/")[0] ?? "").toLowerCase();
    const path = `${namespace.replace("microsoft.", "")}_1/${namespace}/${version}/types.json`;
    const list = files.get(path) ?? [...PUBLISHED.slice(0, 4)];
    files.set(path, list);
    index[name] = { $ref: `${path}#/${list.length + 1}` };
    list.push({ $type: "ObjectType", name: type, properties: { name: { type: { $ref: "#/0" }, flags: 9 } } });
    list.push({ $type: "ResourceType", name, body: { $ref: `#/${list.length - 1}` } });
  }
  return async (path) => {
    const content = path === "index.json" ? { resources: index } : files.get(path);
    if (content === undefined) throw new Error(`${path} is gone`);
    return JSON.stringify(content);
  };
}

function breaking(read: ReadFile, folder: string): ReadFile {
  return (path) => (path.startsWith(folder) ? Promise.reject(new Error(`${folder} is gone`)) : read(path));
}

function misplaced(read: ReadFile): ReadFile {
  return async (path) => (path === "index.json" ? read(path) : JSON.stringify(PUBLISHED));
}
