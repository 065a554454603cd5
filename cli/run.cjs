#!/usr/bin/env node
// Starts a command: bundles cli/<command>.ts when one of its sources changed, then runs it. A bundle starts ten times
// faster than ts-node, and nobody has to remember a build step. Plain JavaScript, since it runs before anything is built,
// and CommonJS, since Node takes 8 ms longer to start on a module: a tenth of what a small fleet takes.
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { dirname, join } = require("node:path");
const vm = require("node:vm");

const OLDEST_NODE = [20, 19];
const root = dirname(__dirname);

/** Folders whose list of files decides what a bundle holds, beside the files that it read. */
const GLOBBED = ["clusters"];

/** Commands that load their npm packages at run time: heavy ones that are not for every day. */
const UNBUNDLED = new Set(["import"]);

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** What makes a file of `cli/` a command; the others beside it are parts of commands. */
const EXPORTS_RUN = /^export ((async function|function|const) run\b|\{ run \})/m;

function isCommand(name) {
  const path = join(root, "cli", `${name}.ts`);
  return /^[\w-]+$/.test(name) && existsSync(path) && EXPORTS_RUN.test(readFileSync(path, "utf8"));
}

function commands() {
  return readdirSync(join(root, "cli"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .filter(isCommand)
    .sort();
}

/** What a bundle was made from: modification time and size of each input, and the names in the globbed folders. */
function fingerprint(inputs) {
  const files = inputs.map((file) => {
    const stat = statSync(`${root}/${file}`, { throwIfNoEntry: false });
    return stat ? `${file}:${stat.mtimeMs}:${stat.size}` : `${file}:gone`;
  });
  return [...files, ...GLOBBED.map((folder) => readdirSync(join(root, folder)).sort().join(","))].join("\n");
}

/** The bundle that the record names, if all that it was made from is as it was. */
function freshBundle(folder, record) {
  try {
    const { inputs, print, bundle } = JSON.parse(readFileSync(record, "utf8"));
    const path = join(folder, bundle);
    return fingerprint(inputs) === print && existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a bundle under a name that its content decides, then the record that names it. So a bundle, its record and the code kept
 * for it belong together, whoever else builds at the same time.
 */
function build(command, folder, record) {
  const { createHash } = require("node:crypto");
  const esbuild = require("esbuild");
  const started = Date.now();
  try {
    const { metafile, outputFiles } = esbuild.buildSync({
      absWorkingDir: root,
      entryPoints: [`cli/${command}.ts`],
      outfile: join(folder, `${command}.cjs`),
      write: false,
      bundle: true,
      minifyWhitespace: true,
      charset: "ascii",
      platform: "node",
      target: "node20",
      format: "cjs",
      // As Node wraps a module: done here, since joining the texts at every start would copy a megabyte.
      banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
      footer: { js: "})" },
      packages: UNBUNDLED.has(command) ? "external" : "bundle",
      metafile: true,
      logLevel: "silent",
    });
    const [{ contents }] = outputFiles;
    const bundle = `${command}-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.cjs`;
    const inputs = Object.keys(metafile.inputs).filter((file) => !/(^|\/)node_modules\//.test(file));
    inputs.push("package-lock.json", "cli/run.cjs");
    const print = isOlder(inputs, started) ? fingerprint(inputs) : "edited meanwhile";
    mkdirSync(folder, { recursive: true });
    clearOld(command, folder, bundle, started);
    place(join(folder, bundle), contents);
    place(record, JSON.stringify({ inputs, print, bundle }));
    return join(folder, bundle);
  } catch (error) {
    if (!error.errors)
      fail(`"${command}" cannot be bundled into ${folder}: ${error.message}. Fix: make the folder writable`);
    const messages = esbuild.formatMessagesSync(error.errors, { kind: "error" });
    return fail(`The sources of "${command}" do not compile:\n${messages.join("")}`);
  }
}

/** Whether all files were last edited before a moment: one that was edited while a bundle was made may be in it as it was before. */
function isOlder(inputs, moment) {
  return inputs.every((file) => (statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0) < moment);
}

/** Makes a file in one step, so that no other process ever reads half of it. */
function place(path, content) {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Earlier bundles of a command, and what killed runs left, go after an hour: until then another process may be about to read them. */
function clearOld(command, folder, bundle, now) {
  for (const file of readdirSync(folder)) {
    const isOurs = file.startsWith(`${command}-`) || file.startsWith(`${command}.`);
    if (!isOurs || file.startsWith(bundle) || file === `${command}.inputs.json`) continue;
    const path = join(folder, file);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) < now - 3_600_000)
      rmSync(path, { recursive: true, force: true });
  }
}

/**
 * What a bundle loads as `child_process`: cdk8s would start Helm with it, and Node takes 4 ms to load it, so that is put off to
 * the first call.
 */
const childProcess = Object.fromEntries(
  ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"].map((name) => [
    name,
    (...args) => require("node:child_process")[name](...args),
  ]),
);

/** A module that is loaded when something of it is first used, as both kinds of import see it. */
function late(id) {
  return new Proxy(
    {},
    {
      get: (_, name) => name === "__esModule" || (name === "default" ? require(id) : require(id)[name]),
      ownKeys: () => ["default", ...Object.keys(require(id))],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  );
}

/** Built-in modules that packages load for what most commands never do. Node takes 5 ms to load them, a twentieth of what a small fleet takes. */
const PUT_OFF = new Map([
  ["child_process", () => childProcess],
  ...["crypto", "os", "timers/promises", "zlib"].map((id) => [id, () => late(id)]),
]);

/**
 * Runs a bundle with the code that V8 kept of the last run: compiling is a third of a short command's time. Node's own
 * compile cache would do, but only from 22.8 on. The code is kept for each Node apart: V8 takes another patch release's, and then
 * does not do what the source says.
 */
function load(bundle) {
  const kept = `${bundle}.${process.version}-${process.arch}.v8`;
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new vm.Script(readFileSync(bundle, "latin1"), {
    filename: bundle,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  const requireLate = Object.assign((id) => PUT_OFF.get(id.replace(/^node:/, ""))?.() ?? require(id), require);
  script.runInThisContext()(module.exports, requireLate, module, bundle, dirname(bundle));
  const remember = () => {
    if (cachedData && !script.cachedDataRejected) return;
    try {
      place(kept, script.createCachedData());
    } catch {
      // The next run only starts slower.
    }
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
if (!command || !isCommand(command)) {
  const usage = `Usage: node cli/run.cjs COMMAND [OPTION...]\nCommands: ${commands().join(", ")}; each explains itself with --help`;
  if (command === "--help" || command === "-h") {
    console.log(usage);
    process.exit(0);
  }
  fail(command ? `There is no command "${command}". ${usage}` : usage);
}
if (!existsSync(join(root, "node_modules", "esbuild")))
  fail("The npm packages are not installed. Fix: npm ci (or `make setup`)");

const folder = join(root, "build");
const record = join(folder, `${command}.inputs.json`);
const bundle = freshBundle(folder, record) ?? build(command, folder, record);

// npm starts its scripts in the repository and says where the person was; anybody else starts this where they are.
if (process.cwd() !== root || !process.env.INIT_CWD) process.env.INIT_CWD = process.cwd();
process.chdir(root);

// The V8 of Node 20 optimizes what has run so little that it often has to undo it: waiting a little saves a fifth of a large fleet's
// time. Later ones do not know the flag.
if (process.versions.v8.startsWith("11.3.")) require("node:v8").setFlagsFromString("--interrupt-budget=400000");

const { exports: started, remember } = load(bundle);
// For the one that waits for something that never comes.
process.exitCode = 1;
// Nothing is left to do or to write then, and taking V8's heap apart before the exit takes 1.5 ms.
process.once("beforeExit", () => process.exit());
Promise.resolve(started.run(args)).then((code) => {
  process.exitCode = code;
  remember();
});
