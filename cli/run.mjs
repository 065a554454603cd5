#!/usr/bin/env node
// Starts a command: bundles cli/<command>.ts when one of its sources changed, then runs it. A bundle starts ten times
// faster than ts-node, and nobody has to remember a build step. Plain JavaScript, since it runs before anything is built.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const OLDEST_NODE = [20, 19];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = Module.createRequire(import.meta.url);

/** Folders whose list of files decides what a bundle holds, beside the files that it read. */
const GLOBBED = ["clusters"];

/** Commands that load their npm packages at run time: heavy ones that are not for every day. */
const UNBUNDLED = new Set(["import"]);

function fail(message) {
  console.error(message);
  process.exit(2);
}

function commands() {
  return readdirSync(join(root, "cli"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** What a bundle was made from: modification time and size of each input, and the names in the globbed folders. */
function fingerprint(inputs) {
  const files = inputs.map((file) => {
    const stat = statSync(join(root, file), { throwIfNoEntry: false });
    return stat ? `${file}:${stat.mtimeMs}:${stat.size}` : `${file}:gone`;
  });
  return [...files, ...GLOBBED.map((folder) => readdirSync(join(root, folder)).sort().join(","))].join("\n");
}

function isFresh(bundle, record) {
  if (!existsSync(bundle) || !existsSync(record)) return false;
  const { inputs, print } = JSON.parse(readFileSync(record, "utf8"));
  return fingerprint(inputs) === print;
}

function build(command, bundle, record) {
  const esbuild = require("esbuild");
  const temporary = `${bundle}.${process.pid}.tmp`;
  try {
    const { metafile } = esbuild.buildSync({
      absWorkingDir: root,
      entryPoints: [`cli/${command}.ts`],
      outfile: temporary,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      packages: UNBUNDLED.has(command) ? "external" : "bundle",
      metafile: true,
      logLevel: "silent",
    });
    const inputs = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
    inputs.push("package-lock.json", "cli/run.mjs");
    writeFileSync(`${temporary}.json`, JSON.stringify({ inputs, print: fingerprint(inputs) }));
    rmSync(`${bundle}.v8`, { force: true });
    renameSync(temporary, bundle);
    renameSync(`${temporary}.json`, record);
  } catch (error) {
    rmSync(temporary, { force: true });
    const messages = error.errors ? esbuild.formatMessagesSync(error.errors, { kind: "error" }) : [String(error)];
    fail(`The sources of "${command}" do not compile:\n${messages.join("")}`);
  }
}

/**
 * Runs a bundle with the code that V8 kept of the last run: compiling is a third of a short command's time. Node's own
 * compile cache would do, but only from 22.8 on.
 */
function load(bundle) {
  const kept = `${bundle}.v8`;
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new vm.Script(Module.wrap(readFileSync(bundle, "utf8")), {
    filename: bundle,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, bundle, dirname(bundle));
  const remember = () => {
    if (cachedData && !script.cachedDataRejected) return;
    const temporary = `${kept}.${process.pid}.tmp`;
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, kept);
  };
  return { exports: module.exports, remember };
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(
    `Node ${OLDEST_NODE.join(".")} or newer is needed, this is ${process.versions.node}. Fix: install a current Node LTS from https://nodejs.org`,
  );
}

const [command, ...args] = process.argv.slice(2);
if (!command || !commands().includes(command)) {
  const wrong = command ? `There is no command "${command}". ` : "";
  fail(
    `${wrong}Usage: node cli/run.mjs COMMAND [OPTION...]\nCommands: ${commands().join(", ")}; each explains itself with --help`,
  );
}
if (!existsSync(join(root, "node_modules", "esbuild")))
  fail("The npm packages are not installed. Fix: npm ci (or `make setup`)");

const folder = join(root, "build");
mkdirSync(folder, { recursive: true });
const bundle = join(folder, `${command}.cjs`);
const record = join(folder, `${command}.inputs.json`);
if (!isFresh(bundle, record)) build(command, bundle, record);

process.env.INIT_CWD ??= process.cwd();
process.chdir(root);
const { exports, remember } = load(bundle);
process.exitCode = await exports.run(args);
remember();
