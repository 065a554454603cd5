import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../cli/diff";
import { readWaivers, WAIVERS_FILE } from "../../../cli/diff/waivers";
import { type Files, withFolder } from "../folder";
import { BASE, edit, without } from "./corpus/edit";
import { compareFiles } from "./trees";

const inFolders = (after: ReadonlyMap<string, string>): Files =>
  Object.fromEntries([
    ...[...BASE].map(([path, text]) => [`before/${path}`, text] as const),
    ...[...after].map(([path, text]) => [`after/${path}`, text] as const),
  ]);

/** Runs the command on two folders, with what it prints. */
async function ran(after: ReadonlyMap<string, string>, ...args: readonly string[]) {
  let [out, err] = ["", ""];
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    }),
    jest.spyOn(console, "error").mockImplementation((text) => {
      err += `${text}\n`;
    }),
  ];
  const cwd = process.env["INIT_CWD"];
  try {
    return await withFolder({ ...inFolders(after), "waivers.yaml": "waivers: []\n" }, async (folder) => {
      process.env["INIT_CWD"] = folder;
      const code = await run([
        "--from",
        "./before",
        "--to",
        "./after",
        "--waivers",
        "waivers.yaml",
        "--output",
        "report",
        ...args,
      ]);
      const report =
        ["--help", "--rules"].some((flag) => args.includes(flag)) || code === 2
          ? ""
          : readFileSync(join(folder, "report"), "utf8");
      return { code, out, err, report, folder };
    });
  } finally {
    if (cwd === undefined) delete process.env["INIT_CWD"];
    else process.env["INIT_CWD"] = cwd;
    for (const spy of spies) spy.mockRestore();
  }
}

const safe = edit(/ocirepository.*kyverno/, (o) => {
  o.spec.ref.tag = "3.9.1";
});
const dangerous = without(/nodepool/);

describe("the command", () => {
  it("exits with 0 where nothing is dangerous, and 1 where something is", async () => {
    expect((await ran(BASE)).code).toBe(0);
    expect((await ran(safe)).code).toBe(0);
    const { code, err } = await ran(dangerous);
    expect(code).toBe(1);
    expect(err).toContain("prune/protected-kind");
    expect(err).toContain("report: ");
  });

  it.each(["text", "markdown", "json", "sarif"])("writes %s", async (format) => {
    const { report } = await ran(dangerous, "--format", format);
    expect(report).toContain("spot-workers");
    if (format === "json" || format === "sarif") expect(() => JSON.parse(report)).not.toThrow();
  });

  it("explains itself", async () => {
    expect(await ran(BASE, "--help")).toMatchObject({ code: 0, out: expect.stringContaining("Usage: npm run diff") });
    expect(await ran(BASE, "--rules")).toMatchObject({
      code: 0,
      out: expect.stringContaining("### prune/protected-kind"),
    });
  });

  it.each([
    [["--format", "pdf"], "there is no format pdf"],
    [["--from", "./nowhere"], "./nowhere is not there. Fix:"],
    [["--waivers", "nowhere.yaml"], "cannot be read"],
    [["--infra-from", "a.json"], "--infra-from and --infra-to go together"],
    [["--infra-from", "a.json", "--infra-to", "b.json"], "a.json cannot be read"],
    [["--unknown"], "--unknown"],
    [["--output", "."], "The report cannot be written"],
  ])("exits with 2 for %j", async (args, said) => {
    const { code, err } = await ran(BASE, ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});

it("compares many objects in a time that grows with what differs", async () => {
  const before = new Map<string, string>();
  for (let copy = 0; copy < 160; copy++) {
    for (const [path, text] of BASE) {
      const [cluster = "", ...rest] = path.split("/");
      if (rest.length > 0)
        before.set(
          `${cluster}-${copy}/${rest.join("/")}`,
          text.replaceAll(`/dist/${cluster}/`, `/dist/${cluster}-${copy}/`),
        );
    }
  }
  const after = new Map(before);
  for (const [path, text] of before)
    if (path.includes("-7/")) after.set(path, text.replace("metadata:\n", "metadata:\n  generation: 2\n"));
  const started = performance.now();
  const { summary } = await compareFiles(before, after);
  expect(summary.objects.all).toBeGreaterThan(100);
  expect(before.size).toBeGreaterThan(25_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

it("has a file of waivers that can be read", () => {
  const file = join(__dirname, "..", "..", "..", WAIVERS_FILE);
  expect(() => readWaivers(readFileSync(file, "utf8"))).not.toThrow();
});
