import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { KubeconformError, runKubeconform } from "../../../cli/kubeconform";
import { type Files, script, withFolder } from "../folder";
import { PATIENCE, realKubeconform } from "./real";

const SCHEMAS = "imports/schemas";
const NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
const CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n";

let real: string | undefined;
beforeAll(async () => {
  real = await realKubeconform();
}, PATIENCE);

/** What the real kubeconform finds, or undefined where there is none. */
async function check(files: Files, below = "", schemas = SCHEMAS) {
  const program = real;
  if (!program) return undefined;
  return withFolder(files, (folder) => runKubeconform(join(folder, below), { program, schemas }));
}

test("names file, object and field of every fault, and counts what it judged", async () => {
  const files = { "app/c/namespace.yaml": NAMESPACE, "app/c/bad.yaml": `${CONFIG}data: {a: 1}\nextra: 1\n` };
  const result = await check(files);
  if (!result) return;
  expect(result.objects).toBe(2);
  expect([...result.judged].sort()).toEqual(["app/c/bad.yaml", "app/c/namespace.yaml"]);
  const object = { apiVersion: "v1", kind: "ConfigMap", name: "a" };
  const common = { file: "app/c/bad.yaml", problem: "invalid", object };
  expect([...result.findings].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { ...common, path: "", message: 'unknown field "extra"' },
    { ...common, path: "data.a", message: "got number, want string" },
  ]);
});

test("a kind without a schema is a fault, never passed over", async () => {
  const result = await check({ "a.yaml": "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n" });
  if (!result) return;
  expect(result.findings).toEqual([
    {
      file: "a.yaml",
      problem: "unknown-kind",
      object: { apiVersion: "example.com/v1", kind: "Thing", name: "a" },
      path: "",
      message: "no schema for Thing of example.com/v1",
    },
  ]);
});

test("files without an object are not among the judged", async () => {
  const result = await check({
    "empty.yaml": "",
    "comment.yaml": "# x\n",
    "list.yaml": "apiVersion: v1\nkind: List\nitems: []\n",
    "a.yaml": NAMESPACE,
  });
  if (!result) return;
  expect([...result.judged]).toEqual(["a.yaml"]);
  expect(result.objects).toBe(1);
});

test("an empty folder is nothing judged", async () => {
  expect((await check({ "README.md": "x" }))?.objects ?? 0).toBe(0);
});

test("a folder may be a link and may have any name", async () => {
  const program = real;
  if (!program) return;
  const odd = "a b#c%41?d{{x}}'é";
  await withFolder({ [`${odd}/x y/a.yaml`]: NAMESPACE }, async (folder) => {
    symlinkSync(odd, join(folder, "-link"));
    for (const name of [odd, "-link"]) {
      const { judged, findings } = await runKubeconform(join(folder, name), { program, schemas: SCHEMAS });
      expect([[...judged], findings]).toEqual([["x y/a.yaml"], []]);
    }
  });
});

test("the folder of schemas may have any name", async () => {
  const program = real;
  if (!program) return;
  const odd = "a b#c%41?d{{x}}'é";
  const schema = '{"type": "object", "required": ["data"]}';
  await withFolder({ [`${odd}/core/configmap_v1.json`]: schema, "tree/a.yaml": CONFIG }, async (folder) => {
    const { findings } = await runKubeconform(join(folder, "tree"), { program, schemas: join(folder, odd) });
    expect(findings.map(({ message }) => message)).toEqual(['missing field "data"']);
  });
});

test("without schemas every object is a fault, and the network is not asked", async () => {
  const program = real;
  if (!program) return;
  await withFolder({ "schemas/x": "", "tree/a.yaml": CONFIG }, async (folder) => {
    const env = { HTTPS_PROXY: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1" };
    const { findings } = await runKubeconform(join(folder, "tree"), { program, schemas: join(folder, "schemas"), env });
    expect(findings.map(({ problem }) => problem)).toEqual(["unknown-kind"]);
  });
});

test("a schema that is none is a fault", async () => {
  const program = real;
  if (!program) return;
  await withFolder({ "schemas/core/configmap_v1.json": "{", "tree/a.yaml": CONFIG }, async (folder) => {
    const { findings } = await runKubeconform(join(folder, "tree"), { program, schemas: join(folder, "schemas") });
    expect(findings).toHaveLength(1);
  });
});

test("thousands of files are judged each once, by the folder's name alone", async () => {
  const files: Record<string, string> = {};
  for (let index = 0; index < 2500; index += 1)
    files[`c${index % 7}/x/${index}.yaml`] = `${CONFIG}data: {n: ${index % 10 === 0 ? index : `"${index}"`}}\n`;
  const result = await check(files);
  if (!result) return;
  expect(result.objects).toBe(2500);
  expect(result.judged.size).toBe(2500);
  expect(result.findings).toHaveLength(250);
});

/** Runs a program that only looks like kubeconform. */
function pretend(body: string): Promise<unknown> {
  return withFolder({ program: script(body), "tree/a.yaml": NAMESPACE }, (folder) => {
    chmodSync(join(folder, "program"), 0o755);
    return runKubeconform(join(folder, "tree"), { program: join(folder, "program"), schemas: SCHEMAS });
  });
}

const RESULT = (status: string) =>
  `{"filename": "a.yaml", "kind": "Namespace", "name": "shop", "version": "v1", "status": "${status}", "msg": "x"}`;

test.each([
  ["prints nothing", "exit 0"],
  ["fails", "echo 'flag provided but not defined' >&2; exit 1"],
  ["prints something else", "echo hello"],
  ["prints half a document", `echo '{"resources": [${RESULT("statusValid")},'`],
  ["prints what is no result", `echo '{"resources": [{"a": 1}]}'`],
  ["prints what is no JSON", `echo '{"resources": [{a}]}'`],
  ["finds nothing, but says it did", `echo '{"resources": [${RESULT("statusValid")}]}'; exit 1`],
  ["finds something, but does not say so", `echo '{"resources": [${RESULT("statusInvalid")}]}'; exit 0`],
  ["is killed", "kill -9 $$"],
])("a program that %s is an error, not a pass", async (_, body) => {
  await expect(pretend(body)).rejects.toThrow(KubeconformError);
});

test("what such a program said is in the error", async () => {
  await expect(pretend("echo 'flag provided but not defined' >&2; exit 1")).rejects.toThrow(
    /exit code 1 .*\n.*flag provided/,
  );
});

test("an object that was skipped is a fault", async () => {
  await expect(pretend(`echo '{"resources": [${RESULT("statusSkipped")}]}'; exit 1`)).resolves.toMatchObject({
    findings: [{ problem: "unreadable", message: "kubeconform did not check it (statusSkipped)" }],
  });
});

test("a program that is not there is an error", async () => {
  await withFolder({}, async (folder) => {
    await expect(runKubeconform(folder, { program: "/nowhere/kubeconform", schemas: SCHEMAS })).rejects.toThrow(
      /does not work/,
    );
  });
});

test("an interruption ends it", async () => {
  await withFolder({ program: script("exec sleep 20") }, async (folder) => {
    chmodSync(join(folder, "program"), 0o755);
    const options = { program: join(folder, "program"), schemas: SCHEMAS, signal: AbortSignal.timeout(50) };
    await expect(runKubeconform(folder, options)).rejects.not.toThrow(KubeconformError);
  });
});
