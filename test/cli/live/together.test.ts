import { inParallel, together } from "../../../cli/live/together";
import { pause } from "../../../cli/live/wait";

describe("together", () => {
  it("gives what each gives, in order", async () => {
    expect(await together([() => pause(5).then(() => "a"), () => Promise.resolve(2)])).toEqual(["a", 2]);
  });

  it("tells the others when one fails, and throws its error when they have stopped", async () => {
    const stopped: unknown[] = [];
    const waits = (signal: AbortSignal) =>
      pause(60_000, signal).catch(async (error: Error) => {
        await pause(20);
        stopped.push(error.message);
        throw error;
      });
    const failing = () => Promise.reject(new Error("a defect"));
    await expect(together([waits, failing, waits])).rejects.toThrow("a defect");
    expect(stopped).toEqual(["a defect", "a defect"]);
  });

  it("is stopped from outside", async () => {
    const signal = AbortSignal.abort(new Error("interrupted"));
    await expect(together([(own) => pause(60_000, own)], signal)).rejects.toThrow("interrupted");
  });
});

describe("inParallel", () => {
  it("does everything, never more at a time than it may", async () => {
    let [now, most] = [0, 0];
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await pause(2);
      now -= 1;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it("begins nothing more once one has failed", async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await pause(1);
      if (item === 2) throw new Error("a defect");
      await pause(10);
    };
    await expect(inParallel([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow("a defect");
    expect(begun).toEqual([1, 2]);
  });

  it("takes no items", () => inParallel([], 4, () => Promise.reject(new Error("never"))));
});
