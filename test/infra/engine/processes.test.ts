import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { bootstrap } from "../../../infra/engine/process";
import { cli, describeEngine, MINUTES } from "./helpers";
import { ROOT } from "./root";

describeEngine("processes and files of an engine", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aks-fleet-abandoned-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(
    "are gone soon after the one who started it was killed",
    async () => {
      const args = [bootstrap(ROOT, folder), ROOT, join(__dirname, "abandoned.ts"), cli?.path ?? ""];
      const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, TMPDIR: folder } });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      expect(engines(folder)).toHaveLength(1);
      await until(() => commands(folder).some((command) => command.includes("/bin/pulumi ")));
      child.kill("SIGKILL");
      await until(() => engines(folder).length === 0 && commands(folder).length === 0);
      expect(commands(folder)).toEqual([]);
      expect(engines(folder)).toEqual([]);
    },
    3 * MINUTES,
  );
});

/** Waits for a condition; what is expected afterwards tells what was missing. */
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + MINUTES; Date.now() < end && !condition(); ) await wait(100);
}

function engines(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith("aks-fleet-engine-"));
}

/** Command lines of the processes that mention the folder. */
function commands(folder: string): readonly string[] {
  const all = execFileSync("ps", ["-A", "-ww", "-o", "command="], { encoding: "utf8", maxBuffer: 1 << 26 });
  return all.split("\n").filter((line) => line.includes(folder));
}
