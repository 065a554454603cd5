import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { copyRepository, PATIENCE, type Repository, ROOT, treeOf } from "./repository";

jest.setTimeout(PATIENCE);

let repository: Repository;
let before: Readonly<Record<string, string>>;
const undo: (() => void)[] = [];

const dist = () => join(repository.root, "dist");
function edit(file: string, change: (text: string) => string): void {
  undo.push(repository.edit(file, change));
}

beforeAll(async () => {
  repository = copyRepository();
  expect((await repository.run(["synth"])).code).toBe(0);
  before = treeOf(dist());
});

afterEach(() => {
  for (const back of undo.splice(0).reverse()) back();
});

afterAll(() => repository.remove());

/** The code block of the README that begins with a file's name. */
function example(file: string): string {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const block = new RegExp(`^\`\`\`ts\\n// ${file.replaceAll(".", "\\.")}\\n(.*?)^\`\`\`$`, "ms").exec(readme)?.[1];
  if (!block) throw new Error(`the README has no ${file}`);
  return block;
}

/** The text of one cluster's entry in the fleet. */
function entryOf(fleet: string, cluster: string): string {
  const entry = new RegExp(`^ {4}\\{\\n {6}name: "${cluster}",\\n.*?^ {4}\\},\\n`, "ms").exec(fleet)?.[0];
  if (!entry) throw new Error(`clusters/fleet.ts has no entry ${cluster}`);
  return entry;
}

it("a fourth cluster takes one entry and one overlay file", async () => {
  edit("clusters/fleet.ts", (text) => {
    const copy = entryOf(text, "app2")
      .replace('"app2"', '"app3"')
      .replaceAll("10.3.", "10.4.")
      .replace(/^ {6}applications: .*\n/m, "");
    return text.replace(entryOf(text, "app2"), (app2) => app2 + copy);
  });

  const missing = await repository.run(["synth"]);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toContain(
    "clusters/app3.ts does not exist, but the fleet has a cluster app3; create it with:",
  );
  expect(treeOf(dist())).toEqual(before);

  edit("clusters/app3.ts", () => example("clusters/app3.ts"));
  const exit = await repository.run(["synth"]);
  expect(exit.code).toBe(0);
  expect(exit.stdout).toMatch(/^app3 +\d+ +\d+ {2}\d+ added$/m);
  expect(exit.stdout).toContain(", validated by ");

  const after = treeOf(dist());
  const own = Object.keys(after).filter((file) => file.startsWith("app3/"));
  expect(own.length).toBeGreaterThan(20);
  expect(Object.fromEntries(Object.entries(after).filter(([file]) => !own.includes(file)))).toEqual(before);
  expect(readdirSync(join(dist(), "app3"))).toEqual(
    readdirSync(join(dist(), "app2")).filter((name) => !["night", "secrets", "workloads-ledger"].includes(name)),
  );
});

it("every entry can be copied: what does not fit is told with its fix", async () => {
  for (const [cluster, block] of [
    ["mgmt", "10.1."],
    ["app1", "10.2."],
    ["app2", "10.3."],
  ] as const) {
    edit("clusters/app3.ts", () => example("clusters/app3.ts"));
    edit("clusters/fleet.ts", (text) => {
      const copy = entryOf(text, cluster).replace(`"${cluster}"`, '"app3"').replaceAll(block, "10.4.");
      return text.replace(entryOf(text, "app2"), (app2) => app2 + copy);
    });
    const exit = await repository.run(["synth", "--no-validate"]);
    expect(exit).toMatchObject({ code: 1, stdout: "" });
    expect(exit.stderr).toMatch(/fix: /i);
    expect(exit.stderr).toContain("app3");
    for (const back of undo.splice(0).reverse()) back();
  }
});

it("an application takes one call in an overlay and a namespace in the fleet", async () => {
  edit("clusters/app2.ts", (text) =>
    text.replace(
      "applications: [\n",
      `applications: [
    {
      name: "archive",
      namespace: "archive",
      image: \`\${registryHost(fleet)}/archive:1.0.0\`,
      port: 8080,
      replicas: { min: 2, max: 4 },
      resources: { cpu: "100m", memory: "128Mi" },
    },
`,
    ),
  );
  const missing = await repository.run(["synth"]);
  expect(missing.stderr).toMatch(
    /application archive is in the namespace archive, .* Fix: add \{ namespace: "archive", … \} to `applications` of app2/,
  );
  expect(treeOf(dist())).not.toHaveProperty(["app2/workloads-archive/deployment.archive.archive.yaml"]);

  edit("clusters/fleet.ts", (text) =>
    text.replace(
      'applications: [{ namespace: "ledger"',
      'applications: [{ namespace: "archive", meshed: false, quota: { cpu: 8, memoryGiB: 16, pods: 40 } }, { namespace: "ledger"',
    ),
  );
  const exit = await repository.run(["synth"]);
  expect(exit.code).toBe(0);
  expect(exit.stdout).toContain(", validated by ");
  const kinds = readdirSync(join(dist(), "app2", "workloads-archive")).map((file) => file.split(".")[0]);
  expect(kinds).toEqual(
    expect.arrayContaining([
      "deployment",
      "horizontalpodautoscaler",
      "networkpolicy",
      "poddisruptionbudget",
      "service",
      "serviceaccount",
    ]),
  );
});

it("the README's application is the one that app1 runs", () => {
  const block = example("clusters/app1.ts").trim();
  const overlay = readFileSync(join(ROOT, "clusters", "app1.ts"), "utf8");
  const lines = block.split("\n").map((line) => line.trim());
  for (const line of lines) expect(overlay.split("\n").map((own) => own.trim())).toContain(line);
});
