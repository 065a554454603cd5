// Starts command.ts without a build: sources are loaded one by one and unchecked, as `pulumi up` loads them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error?.code !== "MODULE_NOT_FOUND") throw error;
    console.error(`a package is missing (${error.message.split("\n")[0]}). Fix: npm ci && npm ci --prefix infra`);
    process.exit(2);
  }
}

const { transformSync } = load("esbuild");
require.extensions[".ts"] = (module, file) => {
  const options = { loader: "ts", format: "cjs", target: "node20", sourcefile: file };
  module._compile(transformSync(readFileSync(file, "utf8"), options).code, file);
};

process.exitCode = await load("./command.ts").run(process.argv.slice(2));
