import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Exit, PATIENCE, ROOT, runNode } from "./synth/repository";

jest.setTimeout(PATIENCE);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "interrupt-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script that has `interruptible` in a process of its own: a signal would reach the whole test run. */
function run(script: string): Promise<Exit> {
  const contents = `
    import { interruptible } from "./cli/interrupt";
    const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
    const listeners = () => SIGNALS.map((name) => process.listenerCount(name)).join("");
    const report = (work: Promise<unknown>) =>
      work.then((value) => console.log("gives", value), (error) => console.log("throws", error.message));
    // Waiting for a signal alone does not keep a process alive.
    const alive = setInterval(() => {}, 1000);
    (async () => {
      ${script}
      console.log(listeners());
      clearInterval(alive);
    })();
  `;
  const outfile = join(folder, "script.cjs");
  buildSync({ stdin: { contents, resolveDir: ROOT, loader: "ts" }, outfile, bundle: true, platform: "node" });
  return runNode([outfile], folder);
}

describe("interruptible", () => {
  it("gives what the work gives, and hears no signal afterwards", async () => {
    const exit = await run(`
      await report(interruptible(async (signal) => {
        console.log(listeners(), signal.aborted);
        return 7;
      }));
    `);
    expect(exit).toMatchObject({ code: 0, stdout: "111 false\ngives 7\n000\n" });
  });

  it("throws what the work throws, and hears no signal afterwards", async () => {
    const exit = await run('await report(interruptible(() => Promise.reject(new Error("a defect"))));');
    expect(exit).toMatchObject({ code: 0, stdout: "throws a defect\n000\n" });
  });

  it("aborts the work on every signal, and stands a second one", async () => {
    const exit = await run(`
      for (const name of SIGNALS) {
        await report(interruptible(async (signal) => {
          const heard = () => new Promise((resolve) => process.once(name, resolve));
          for (let time = 0; time < 2; time += 1) {
            const next = heard();
            process.kill(process.pid, name);
            await next;
          }
          signal.throwIfAborted();
        }));
      }
    `);
    expect(exit).toMatchObject({ code: 0, stdout: `${"throws interrupted\n".repeat(3)}000\n` });
  });
});
