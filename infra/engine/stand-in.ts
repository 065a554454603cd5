import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { azureTypes } from "./azure-types";
import { answerCalls } from "./calls";
import { createCloud } from "./provider/cloud";
import { type Account, outputsOf } from "./provider/outputs";
import { serveProvider } from "./provider/server";
import { merge } from "./provider/value";
import type { StandInCalls } from "./types";

const cloud = createCloud();
let served: Account | undefined;

const calls: StandInCalls = {
  serve: async (account) => {
    served = account;
    return (await serveProvider({ cloud, types: azureTypes, account }, azureNativeVersion())).port;
  },
  arrange: async (failure) => cloud.arrange(failure),
  snapshot: async () => cloud.snapshot(),
  restore: async (snapshot) => cloud.restore(snapshot),
  resources: async () => cloud.resources().map(({ id, token, inputs }) => ({ id, token, inputs })),
  tamper: async (id, changes) => {
    const found = cloud.get(id);
    if (!found || !served) throw new Error(`${id} does not exist in the stand-in`);
    const inputs = merge(found.inputs, changes);
    cloud.put({ ...found, inputs, outputs: outputsOf(found.token, found.id, inputs, served, cloud.generation(id)) });
  },
  forget: async (id) => cloud.remove(id),
};

function azureNativeVersion(): string {
  const file = join(__dirname, "..", "node_modules", "@pulumi", "azure-native", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The one that started this process is gone: when the engine has had time to stop, nothing is left behind. */
function abandoned(): void {
  setTimeout(() => {
    rmSync(dirname(process.argv[1] ?? ""), { recursive: true, force: true });
    process.exit(1);
  }, 4000);
}

answerCalls(calls, abandoned);
