import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { load } from "js-yaml";

const ROOT = resolve(__dirname, "..", "..", "..");
const DOCS = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => join("docs", file))
  .sort();

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** A document without its code, in which a bracket is no link. */
const prose = (path: string) => read(path).replaceAll(/^( *)```[\s\S]*?^\1```/gm, "");

/** Anchors that GitHub makes of a document's headings. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...prose(path).matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

const links = DOCS.flatMap((path) =>
  [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => ({ path, target })),
);

it("finds documents and links to look at", () => {
  expect(DOCS.length).toBeGreaterThan(25);
  expect(links.length).toBeGreaterThan(60);
});

it("every link within the repository leads somewhere", () => {
  const broken = links.filter(({ path, target }) => {
    const [file = "", anchor = ""] = target.split("#");
    const to = file === "" ? path : normalize(join(dirname(path), file));
    return !existsSync(join(ROOT, to)) || (anchor !== "" && !anchorsOf(to).has(anchor));
  });
  expect(broken).toEqual([]);
});

it("every runbook is in the list of runbooks", () => {
  const listed = links.filter(({ path }) => path === "docs/runbooks/README.md").map(({ target }) => target);
  const runbooks = readdirSync(join(ROOT, "docs", "runbooks")).filter((file) => file !== "README.md");
  expect(listed).toEqual(expect.arrayContaining(runbooks));
});

describe("what documents tell people to type exists", () => {
  const text = DOCS.map(read).join("\n");
  const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();

  it("settings of the stack", () => {
    const { config } = load(read("infra/Pulumi.yaml")) as { readonly config: Readonly<Record<string, unknown>> };
    const settings = named(/pulumi config set (?:--secret )?([A-Za-z]+)/g);
    expect(settings.length).toBeGreaterThan(5);
    expect(settings.filter((name) => !Object.hasOwn(config, name))).toEqual([]);
  });

  it("outputs of the stack", () => {
    const outputs = named(/outputs \| jq --raw-output '\.(\w+)/g);
    expect(outputs.length).toBeGreaterThan(1);
    expect(outputs.filter((name) => !new RegExp(`^\\s+${name}[,:]`, "m").test(read("infra/outputs.ts")))).toEqual([]);
  });

  it("commands and make targets", () => {
    const scripts = ["package.json", "infra/package.json"].flatMap((file) =>
      Object.keys((JSON.parse(read(file)) as { readonly scripts: object }).scripts),
    );
    const commands = readdirSync(join(ROOT, "cli")).map((file) => file.replace(/\.ts$/, ""));
    const known = new Set([...scripts, ...commands]);
    expect(named(/npm run (?:--silent )?([a-z-]+)/g).filter((name) => !known.has(name))).toEqual([]);
    const targets = new Set([...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, name]) => name));
    expect(named(/`make ([a-z-]+)`/g).filter((name) => !targets.has(name))).toEqual([]);
  });

  it("files of the repository", () => {
    const files = named(/`((?:clusters|infra|cli|base|tools|docs|test)\/[\w./-]+\.(?:ts|yaml|md|sh))`/g);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
