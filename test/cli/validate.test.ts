import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/validate";
import { withFolder } from "./folder";
import { PATIENCE, realKubeconform } from "./kubeconform/real";
import { filesOf, object, SHOP } from "./validate/rules/check";
import { parseXml } from "./validate/xml";

let real: string | undefined;
beforeAll(async () => {
  real = await realKubeconform();
}, PATIENCE);

const GOOD = filesOf([SHOP, object("v1", "ConfigMap", "settings")]);
const BAD = filesOf([SHOP, object("v1", "ConfigMap", "settings", { extra: 1 })]);

/** Runs the command and gives what it prints. */
async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: "", err: "" };
  const to = (key: "out" | "err") => (text: unknown) => {
    printed[key] += String(text);
    return true;
  };
  const line = (key: "out" | "err") => (text: unknown) => void to(key)(`${text}\n`);
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation(to("out")),
    jest.spyOn(console, "log").mockImplementation(line("out")),
    jest.spyOn(console, "error").mockImplementation(line("err")),
  ];
  try {
    return { code: await run(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test("a good tree is 0, a bad one 1, with the report on standard output", async () => {
  if (!real) return;
  await withFolder(GOOD, async (folder) =>
    expect(await command(folder)).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ valid: 2 objects/) }),
  );
  await withFolder(BAD, async (folder) =>
    expect(await command(folder)).toMatchObject({ code: 1, out: expect.stringContaining('unknown field "extra"') }),
  );
});

test("formats are machine-readable as they stand, whatever must be said beside them", async () => {
  await withFolder(BAD, async (folder) => {
    const json = await command(folder, "--format", "json", "--engine", "builtin");
    expect(JSON.parse(json.out)).toMatchObject({ exitCode: 1, findings: [{ rule: "schema/invalid" }] });
    expect(json.err).toContain("WARNING: kubeconform did not run");
    expect(parseXml((await command(folder, "--format=junit", "--engine=builtin")).out).name).toBe("testsuites");
    expect(JSON.parse((await command(folder, "--format=sarif", "--engine=builtin")).out).version).toBe("2.1.0");
  });
});

test("a report can go to a file, below folders that are not there yet", async () => {
  await withFolder(BAD, async (folder) => {
    await withFolder({}, async (reports) => {
      const target = join(reports, "deep/report.json");
      const { code, out, err } = await command(folder, "--engine", "builtin", "--format", "json", "--output", target);
      expect(code).toBe(1);
      expect(out).toBe("");
      expect(err).toContain('unknown field "extra"');
      expect(JSON.parse(readFileSync(target, "utf8")).exitCode).toBe(1);
    });
  });
});

test("a report that cannot be written is 2", async () => {
  await withFolder({ ...GOOD, file: "" }, async (folder) => {
    const { code, err } = await command(folder, "--engine", "builtin", "--output", join(folder, "file/report.json"));
    expect(code).toBe(2);
    expect(err).toMatch(/The report cannot be written .*Fix:/);
  });
});

test.each([
  [["--format", "yaml"], /there is no format yaml; there are text, json, junit, sarif/],
  [["--engine", "kubeval"], /there is no engine kubeval; there are kubeconform, builtin/],
  [["a", "b"], /one folder at a time, not a, b/],
  [["--nonsense"], /Unknown option/],
  [["--format"], /argument missing/],
])("%j is a mistake of usage", async (args, reason) => {
  const { code, err } = await command(...args);
  expect(code).toBe(2);
  expect(err).toMatch(reason);
  expect(err).toContain("Usage: npm run validate");
});

test("a folder that is not there is 2", async () => {
  expect(await command("/nowhere/dist")).toMatchObject({
    code: 2,
    err: expect.stringContaining("There is no folder /nowhere/dist"),
  });
});

test("--help explains every option", async () => {
  const { code, out } = await command("--help");
  expect(code).toBe(0);
  for (const option of ["DIR", "--format", "--output", "--engine", "--help", "Exit codes"])
    expect(out).toContain(option);
});

test("a relative folder is meant from where the person is", async () => {
  await withFolder(GOOD, async (folder) => {
    const before = process.env["INIT_CWD"];
    process.env["INIT_CWD"] = folder;
    try {
      expect(await command(".", "--engine", "builtin")).toMatchObject({ code: 0 });
    } finally {
      if (before === undefined) delete process.env["INIT_CWD"];
      else process.env["INIT_CWD"] = before;
    }
  });
});
