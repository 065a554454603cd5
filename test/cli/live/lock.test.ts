import { spawn } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { type Holder, seizeLock, takeLock } from "../../../cli/live/lock";
import type { StateFolder } from "../../../cli/live/state";
import { until } from "../../../cli/live/wait";
import { ROOT } from "../synth/repository";
import { withPlace } from "./rig";

const beside = ({ path }: StateFolder) => readdirSync(dirname(path)).filter((name) => name.startsWith("rig"));

/** Another process that takes the lock and holds it; \`onTerm\` is what it does when asked to end. */
async function holder(state: StateFolder, work: string, onTerm: string) {
  const contents = `
    import { rmSync } from "node:fs";
    import { takeLock } from "./cli/live/lock";
    import { stateFolder } from "./cli/live/state";
    takeLock(stateFolder(${JSON.stringify(state.path)}), ${JSON.stringify(work)}).then((release) => {
      process.on("SIGTERM", () => { ${onTerm} });
      setInterval(() => {}, 1000);
      console.log(typeof release);
    });`;
  const outfile = join(dirname(state.path), "holder.cjs");
  buildSync({ stdin: { contents, resolveDir: ROOT, loader: "ts" }, outfile, bundle: true, platform: "node" });
  const child = spawn(process.execPath, [outfile], { stdio: ["ignore", "pipe", "inherit"] });
  const said = await new Promise<string>((done) => child.stdout.once("data", (data: Buffer) => done(String(data))));
  expect(said).toBe("function\n");
  return child;
}

describe("the lock of a rig", () => {
  it("is one person's at a time, and leaves nothing", () =>
    withPlace(async (state) => {
      const release = await takeLock(state, "make live");
      expect(await takeLock(state, "make live")).toMatchObject({ pid: process.pid, work: "make live" });
      expect(beside(state)).toEqual(["rig.lock"]);
      (release as () => void)();
      expect(beside(state)).toEqual([]);
      expect(typeof (await takeLock(state, "make live"))).toBe("function");
    }));

  it("is one's only when many want it at once", () =>
    withPlace(async (state) => {
      const all = await Promise.all(Array.from({ length: 8 }, () => takeLock(state, "make live")));
      expect(all.filter((each) => typeof each === "function")).toHaveLength(1);
    }));

  it.each([
    ["of a killed process", (state: StateFolder) => lockOf(state, { pid: 2 ** 22 + 1, command: "node", work: "x" })],
    [
      "of a process whose number another has now",
      (state: StateFolder) => lockOf(state, { pid: 1, command: "node x", work: "x" }),
    ],
    ["that is no lock", (state: StateFolder) => writeFileSync(`${state.path}.lock`, "{")],
  ])("%s is free", (_, write) =>
    withPlace(async (state) => {
      write(state);
      expect(typeof (await takeLock(state, "make live"))).toBe("function");
    }),
  );

  it("is had from another after that one was asked to end", () =>
    withPlace(async (state) => {
      const child = await holder(state, "make live", "process.exit(130)");
      const notes: string[] = [];
      const release = await seizeLock(state, "make live-down", { note: (line) => notes.push(line) });
      await until("its end", () => child.exitCode !== null);
      expect(child.exitCode).toBe(130);
      expect(notes).toEqual([`\`make live\` (process ${child.pid}) is at work here: waiting until it has ended.`]);
      release();
      expect(existsSync(`${state.path}.lock`)).toBe(false);
    }));

  it("is had from another that does not listen", () =>
    withPlace(async (state) => {
      const child = await holder(state, "make live", "");
      (await seizeLock(state, "make live-down", { note: () => {}, patience: 300 }))();
      await until("its end", () => child.signalCode !== null);
      expect(child.signalCode).toBe("SIGKILL");
    }));

  it("is not needed to take down on a full disk", () =>
    withPlace(async (state) => {
      const full = () => {
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      };
      jest.spyOn(jest.requireActual<typeof import("node:fs")>("node:fs"), "writeFileSync").mockImplementation(full);
      try {
        await expect(takeLock(state, "make live")).rejects.toThrow("ENOSPC");
        (await seizeLock(state, "make live-down", { note: () => {} }))();
      } finally {
        jest.restoreAllMocks();
      }
      expect(beside(state)).toEqual([]);
    }));

  it("is waited for where another does the same", () =>
    withPlace(async (state) => {
      const child = await holder(state, "make live-down", "console.log('asked')");
      let asked = false;
      child.stdout.on("data", () => {
        asked = true;
      });
      const seizing = seizeLock(state, "make live-down", { note: () => {} });
      setTimeout(() => child.kill("SIGKILL"), 300);
      (await seizing)();
      expect(asked).toBe(false);
    }));
});

function lockOf(state: StateFolder, holder: Holder): void {
  writeFileSync(`${state.path}.lock`, JSON.stringify(holder));
}
