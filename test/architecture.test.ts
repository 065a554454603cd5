import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "..");

/** Every import of a TypeScript source, type-only ones too: paths relative to the repository, packages by name. */
function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), "utf8");
  return ts
    .preProcessFile(source, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith(".") ? relative(root, resolve(root, dirname(file), fileName)).replace(/\.ts$/, "") : fileName,
    );
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"));
}

const base = sourcesIn("base");
const clusters = sourcesIn("clusters");
const cli = sourcesIn("cli");
const imports = sourcesIn("imports");
const infra = sourcesIn("infra");

/** The description: what both programs read. */
const data = clusters.filter((file) => /^clusters\/(fleet|versions|model\/.*|presets\/.*)\.ts$/.test(file));

const isData = (imported: string) => data.includes(`${imported}.ts`) || data.includes(`${imported}/index.ts`);

function offenders(
  files: readonly string[],
  forbidden: (imported: string, from: string) => boolean,
): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => forbidden(imported, file))
      .map((imported) => `${file} imports ${imported}`),
  );
}

const isCdk8s = (imported: string) => /^(cdk8s|constructs)/.test(imported);
const isPulumi = (imported: string) => imported.startsWith("@pulumi/");

describe("who may import whom", () => {
  it("finds sources to look at", () => {
    for (const files of [base, clusters, cli, imports, data]) expect(files.length).toBeGreaterThan(2);
  });

  it("base knows no cluster and no command", () => {
    expect(offenders(base, (imported) => /^(clusters|cli|infra|main)(\/|$)/.test(imported))).toEqual([]);
  });

  it("the description imports neither cdk8s nor Pulumi nor anything that does", () => {
    expect(
      offenders(
        data,
        (imported) => isCdk8s(imported) || isPulumi(imported) || /^(base|cli|infra|main)(\/|$)/.test(imported),
      ),
    ).toEqual([]);
  });

  it("the description stays within itself", () => {
    expect(
      offenders(
        data,
        (imported) =>
          imported.startsWith("clusters/") &&
          !data.includes(`${imported}.ts`) &&
          !data.includes(`${imported}/index.ts`),
      ),
    ).toEqual([]);
  });

  it("a cluster never imports another cluster", () => {
    const overlays = clusters.filter(
      (file) =>
        /^clusters\/[^/]+\.ts$/.test(file) &&
        !/(applications|fleet|versions|overlay|overlays|platform)\.ts$/.test(file),
    );
    expect(overlays.length).toBeGreaterThanOrEqual(3);
    const names = overlays.map((file) => file.replace(/\.ts$/, ""));
    expect(offenders(clusters, (imported) => names.includes(imported))).toEqual([]);
  });

  it("nothing but base and main.ts imports cdk8s", () => {
    expect(offenders([...clusters, ...cli, ...infra, ...imports], isCdk8s)).toEqual([]);
  });

  it("one file alone imports cdk8s-plus, so that moving to a maintained line changes one line", () => {
    expect(
      offenders([...base, ...clusters, ...cli, "main.ts"], (imported) => imported.startsWith("cdk8s-plus")).map(
        (line) => line.split(" ")[0],
      ),
    ).toEqual(["base/plus.ts"]);
  });

  it("nothing but infra imports Pulumi", () => {
    expect(offenders([...base, ...clusters, ...cli, ...imports, "main.ts"], isPulumi)).toEqual([]);
  });

  it("infra reads the description and nothing else of the project", () => {
    const program = infra.filter((file) => !file.startsWith("infra/engine/"));
    expect(
      offenders(
        program,
        (imported) =>
          /^(base|cli|imports|main)(\/|$)/.test(imported) || (imported.startsWith("clusters/") && !isData(imported)),
      ),
    ).toEqual([]);
  });

  it("infra's test rig takes from the commands only how tools are found", () => {
    const rig = infra.filter((file) => file.startsWith("infra/engine/"));
    expect(
      offenders(rig, (imported) => /^(base|imports|main)(\/|$)/.test(imported) || /^cli\/(?!tools\/)/.test(imported)),
    ).toEqual([]);
  });

  it("generated types import nothing but the form of metadata", () => {
    expect(
      offenders(
        imports.filter((file) => file !== "imports/sources.ts"),
        (imported) => imported !== "base/object",
      ),
    ).toEqual([]);
  });
});
