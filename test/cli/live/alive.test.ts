import { EndedProcess, endedProcesses, whileAlive } from "../../../cli/live/alive";
import { killProcess, startProcess } from "../../../cli/live/processes";
import { pause } from "../../../cli/live/wait";
import { scripted, withRig } from "./rig";

const FAST = { interval: 20 };

describe("work while all processes run", () => {
  it("gives what it gives", () =>
    withRig(async (state) => {
      startProcess(state, scripted(state, "one"));
      expect(await whileAlive(state, () => Promise.resolve(7), FAST)).toBe(7);
    }));

  it("throws what it throws", () =>
    withRig((state) =>
      expect(whileAlive(state, () => Promise.reject(new Error("a defect")), FAST)).rejects.toThrow("a defect"),
    ));

  it("is stopped when one ends, and says what that said last", () =>
    withRig(async (state) => {
      startProcess(
        state,
        scripted(state, "app1-apiserver", 'console.error("no such flag: --nonsense"); process.exit(1)'),
      );
      let stopped = false;
      const work = whileAlive(
        state,
        async (signal) => {
          await pause(60_000, signal).finally(() => {
            stopped = true;
          });
        },
        FAST,
      );
      const error: unknown = await work.catch((each: unknown) => each);
      expect(error).toBeInstanceOf(EndedProcess);
      expect((error as Error).message).toBe("app1-apiserver has ended. It said last:\nno such flag: --nonsense");
      expect(stopped).toBe(true);
    }));

  it.each([
    [
      "listen tcp 127.0.0.1:20443: bind: address already in use",
      ", as another program took its port. Fix: run it again",
    ],
    ["write wal: no space left on device", ", as the disk is full. Fix: free some space and run it again"],
    ["fork/exec: cannot allocate memory", ", as there is no memory left. Fix: end what needs much"],
  ])("says the way out of %s", (words, fix) =>
    withRig(async (state) => {
      startProcess(state, scripted(state, "p", `console.error(${JSON.stringify(words)}); process.exit(1)`));
      await expect(whileAlive(state, (signal) => pause(60_000, signal), FAST)).rejects.toThrow(`p has ended${fix}. It`);
    }),
  );

  it("names the storage where several have ended and none says why", () =>
    withRig(async (state) => {
      for (const name of ["app1-apiserver", "app1-etcd"]) {
        startProcess(state, scripted(state, name));
        await killProcess(state, name);
      }
      await expect(whileAlive(state, (signal) => pause(60_000, signal), FAST)).rejects.toThrow(/^app1-etcd has ended/);
    }));

  it("is stopped from outside, too, with that reason", () =>
    withRig(async (state) => {
      const controller = new AbortController();
      const options = { ...FAST, signal: controller.signal };
      const work = whileAlive(state, (signal) => pause(60_000, signal), options);
      controller.abort(new Error("interrupted"));
      await expect(work).rejects.toThrow("interrupted");
    }));
});

it("who has ended is known by name", () =>
  withRig(async (state) => {
    for (const name of ["a", "b"]) startProcess(state, scripted(state, name));
    expect(await endedProcesses(state)).toEqual([]);
    await killProcess(state, "b");
    expect(await endedProcesses(state)).toEqual(["b"]);
  }));
