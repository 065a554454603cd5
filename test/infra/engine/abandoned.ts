import { startEngine } from "../../../infra/engine/run";
import { SAMPLE_CONFIG } from "../../../infra/record/config";

// A process that is killed in the middle of an operation; its second argument after the entry is the CLI.
async function main(): Promise<void> {
  const engine = await startEngine({ pulumi: process.argv[4] ?? "", config: SAMPLE_CONFIG });
  console.log("running");
  await engine.run("up");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}

void main();
