import { chmodSync } from "node:fs";
import { join } from "node:path";
import { toYaml } from "../../../base/yaml";
import { ValidateError, type ValidateOptions, type ValidationReport, validateTree } from "../../../cli/validate";
import { type Files, script, withFolder } from "../folder";
import { PATIENCE, realKubeconform } from "../kubeconform/real";
import { filesOf, object, SHOP } from "./rules/check";

let real: string | undefined;
beforeAll(async () => {
  real = await realKubeconform();
}, PATIENCE);

const CONFIG = object("v1", "ConfigMap", "settings", { data: { a: "b" } });
const BAD = object("v1", "ConfigMap", "settings", { data: { a: 1 } });

/** Validates files where kubeconform cannot be had, or is a given script. */
async function without(files: Files, options: ValidateOptions = {}, kubeconform?: string) {
  const notes: string[] = [];
  const tools = {
    "tools/kubeconform/go.mod": "",
    "tools/kubeconform/go.sum": "",
    ...(kubeconform ? { "bin/kubeconform": kubeconform } : {}),
  };
  const report = await withFolder({ ...tools, ".keep": "" }, async (root) => {
    if (kubeconform) chmodSync(join(root, "bin/kubeconform"), 0o755);
    return withFolder(files, (folder) =>
      validateTree(folder, {
        shownAs: "dist",
        root,
        imports: join(process.cwd(), "imports"),
        find: { download: false, build: false },
        note: (note) => notes.push(note),
        ...options,
        env: { PATH: join(root, "bin"), ...options.env },
      }),
    );
  });
  return { report, notes, rules: report.findings.map(({ rule }) => rule) };
}

const rulesOf = ({ findings }: ValidationReport) => findings.map(({ rule }) => rule);

test("a good tree is valid, and the report says what was looked at by what", async () => {
  if (!real) return;
  await withFolder({ "README.md": "x", ...filesOf([SHOP, CONFIG]) }, async (folder) => {
    expect(await validateTree(folder, { shownAs: "dist", note: () => {} })).toEqual({
      folder: "dist",
      engine: expect.stringMatching(/^kubeconform (v0\.7\.0|of unknown version)$/),
      files: ["README.md", "app1/component/configmap.shop.settings.yaml", "app1/component/namespace.shop.yaml"],
      objects: 2,
      findings: [],
      exitCode: 0,
    });
  });
});

test("findings have all a reader needs, the namespace too, sorted by file", async () => {
  if (!real) return;
  const files = { ...filesOf([SHOP, BAD]), "app0/x/configmap.shop.settings.yaml": toYaml(CONFIG) };
  await withFolder(files, async (folder) => {
    const { findings, exitCode } = await validateTree(folder, { note: () => {} });
    expect(exitCode).toBe(1);
    expect(findings).toEqual([
      {
        rule: "namespace/unknown",
        file: "app0/x/configmap.shop.settings.yaml",
        object: { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "settings" },
        path: "metadata.namespace",
        reason: 'nothing in cluster app0 creates the namespace "shop"',
        fix: expect.any(String),
      },
      {
        rule: "schema/invalid",
        file: "app1/component/configmap.shop.settings.yaml",
        object: { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "settings" },
        path: "data.a",
        reason: "got number, want string",
        fix: expect.any(String),
      },
    ]);
  });
});

test.each(["kubeconform", "builtin"] as const)("a tree without a manifest is an error (%s)", async (engine) => {
  if (engine === "kubeconform" && !real) return;
  for (const files of [{}, { "README.md": "x" }] as readonly Files[]) {
    await withFolder(files, async (folder) => {
      expect(rulesOf(await validateTree(folder, { engine, note: () => {} }))).toEqual(["tree/empty"]);
    });
  }
});

test("without kubeconform the built-in check still guards, and says so loudly", async () => {
  const good = await without(filesOf([SHOP, CONFIG]));
  expect(good.report).toMatchObject({ engine: "the built-in check", exitCode: 0, findings: [] });
  expect(good.report.warning).toMatch(/^WARNING: kubeconform did NOT run.*\n {2}- PATH: no kubeconform/);
  const bad = await without(filesOf([SHOP, BAD]));
  expect(bad).toMatchObject({ rules: ["schema/invalid"], report: { exitCode: 1 } });
});

test.each(["true", "1"])("with CI=%s that is a failure, even of a good tree", async (CI) => {
  const { report, rules } = await without(filesOf([SHOP, CONFIG]), { env: { CI } });
  expect(rules).toEqual(["engine/missing"]);
  expect(report.exitCode).toBe(2);
  expect(report.findings[0]?.reason).toContain("PATH: no kubeconform");
  expect((await without(filesOf([SHOP, BAD]), { env: { CI } })).rules).toEqual(["engine/missing", "schema/invalid"]);
});

test.each(["false", ""])("with CI=%j it is not", async (CI) => {
  expect((await without(filesOf([SHOP, CONFIG]), { env: { CI } })).report.exitCode).toBe(0);
});

test("nor where the built-in check was asked for; where kubeconform was, it is", async () => {
  const builtin = await without(filesOf([SHOP, CONFIG]), { engine: "builtin", env: { CI: "true" } });
  expect(builtin.report).toMatchObject({ exitCode: 0, warning: expect.stringContaining("kubeconform did not run") });
  expect(builtin.notes).toEqual([]);
  const wished = await without(filesOf([SHOP, CONFIG]), { engine: "kubeconform" });
  expect(wished).toMatchObject({ rules: ["engine/missing"], report: { exitCode: 2 } });
});

test("a kubeconform of another version is not used", async () => {
  const { report, notes } = await without(filesOf([SHOP, CONFIG]), {}, script("echo v0.6.0"));
  expect(report.engine).toBe("the built-in check");
  expect(notes).toEqual([expect.stringContaining("is v0.6.0, but v0.7.0 is pinned")]);
});

const PRETENDS = (output: string, code = 0) =>
  script(`[ "$1" = -v ] && { echo v0.7.0; exit; }\necho '${output}'\nexit ${code}`);

test("a kubeconform that breaks is a failure, not a pass, and nothing is checked in its stead", async () => {
  const { report, rules } = await without(filesOf([SHOP, BAD]), {}, PRETENDS("oops", 1));
  expect(rules).toEqual(["engine/failed"]);
  expect(report).toMatchObject({ engine: "kubeconform v0.7.0", exitCode: 2 });
});

test("a manifest that kubeconform passes over is a finding", async () => {
  const { report } = await without(filesOf([SHOP, CONFIG]), {}, PRETENDS('{"resources": []}'));
  expect(report.findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
    "schema/not-checked app1/component/configmap.shop.settings.yaml",
    "schema/not-checked app1/component/namespace.shop.yaml",
  ]);
});

test("what cannot be read is told once", async () => {
  const { rules } = await without({ ...filesOf([SHOP]), "app1/c/a.yaml": "a: [", "app1/c/b.yaml": "" });
  expect(rules).toEqual(["yaml/unreadable", "layout/one-object"]);
});

test("the folder of one cluster is validated like the whole", async () => {
  const files = Object.fromEntries(
    Object.entries(filesOf([SHOP, CONFIG])).map(([file, yaml]) => [
      file.replace("app1/component", "flux-system"),
      yaml,
    ]),
  );
  expect((await without(files)).rules).toEqual([]);
});

test("what is no folder, and definitions that are not there, are told with what to do", async () => {
  await withFolder({ file: "" }, async (folder) => {
    await expect(validateTree(join(folder, "gone"))).rejects.toThrow(/There is no folder .*Fix: run `make synth`/);
    await expect(validateTree(join(folder, "file"))).rejects.toThrow(/is no folder/);
    await expect(validateTree(folder, { imports: join(folder, "gone") })).rejects.toThrow(/npm run import/);
    await expect(validateTree(folder, { imports: join(folder, "gone") })).rejects.toThrow(ValidateError);
  });
});

test("an interruption ends it", async () => {
  const signal = AbortSignal.abort(new Error("interrupted"));
  await withFolder(filesOf([SHOP, CONFIG]), async (folder) => {
    await expect(validateTree(folder, { signal, note: () => {} })).rejects.toThrow();
  });
});

test("two thousand objects in many clusters take seconds, and the faults among them are found", async () => {
  if (!real) return;
  const files: Record<string, string> = {};
  for (let cluster = 0; cluster < 20; cluster += 1) {
    const configs = Array.from({ length: 100 }, (_, index) =>
      object("v1", "ConfigMap", `settings-${index}`, { data: { a: "b".repeat(100) } }),
    );
    Object.assign(files, filesOf([SHOP, ...configs], `app${cluster}`));
  }
  files["app7/component/configmap.shop.settings-42.yaml"] = toYaml(
    object("v1", "ConfigMap", "settings-42", { data: { a: 1 } }),
  );
  await withFolder(files, async (folder) => {
    const started = performance.now();
    const { findings, objects } = await validateTree(folder, { note: () => {} });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(objects).toBe(2020);
    expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      "schema/invalid app7/component/configmap.shop.settings-42.yaml",
    ]);
  });
});
