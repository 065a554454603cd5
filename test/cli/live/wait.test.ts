import { orAborted, pause, until } from "../../../cli/live/wait";

const FAST = { interval: 1 };

describe("until", () => {
  it("gives what it finds first", async () => {
    const found = [undefined, null, false, 0, 1];
    expect(await until("a number", () => found.shift(), FAST)).toBe(0);
  });

  it("takes an error for nothing yet", async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      if (looks < 3) throw new Error("not yet");
      return Promise.resolve("there");
    };
    expect(await until("it", look, FAST)).toBe("there");
  });

  it("says what did not come, why the last look failed, and what else explains it", async () => {
    const look = () => Promise.reject(new Error("connection refused"));
    const waiting = until("the API server", look, { ...FAST, timeout: 400, explain: () => "it said: flag missing" });
    await expect(waiting).rejects.toThrow("the API server: not within 0 s\nconnection refused\nit said: flag missing");
  });

  it("forgets an error that is over", async () => {
    const looks = [() => Promise.reject(new Error("refused")), () => undefined];
    const waiting = until("it", () => (looks.shift() ?? (() => undefined))(), { ...FAST, timeout: 400 });
    await expect(waiting).rejects.toThrow(/^it: not within 0 s$/);
  });

  it("ends also where a look never does", async () => {
    const controller = new AbortController();
    const waiting = until("it", () => new Promise<never>(() => {}), { signal: controller.signal });
    controller.abort(new Error("interrupted"));
    await expect(waiting).rejects.toThrow("interrupted");
  });

  it("takes a look that never ends for nothing yet", async () => {
    jest.useFakeTimers({ doNotFake: ["performance", "nextTick", "queueMicrotask"] });
    try {
      const looks = [() => new Promise<never>(() => {}), () => Promise.resolve(7)];
      const waiting = until("it", () => looks.shift()?.(), FAST);
      await jest.advanceTimersByTimeAsync(31_000);
      expect(await waiting).toBe(7);
    } finally {
      jest.useRealTimers();
    }
  });

  it("ends with the reason of the signal, before and between looks", async () => {
    await expect(until("it", () => 1, { signal: AbortSignal.abort(new Error("interrupted")) })).rejects.toThrow(
      "interrupted",
    );
    const controller = new AbortController();
    const waiting = until("it", () => undefined, { interval: 60_000, signal: controller.signal });
    controller.abort(new Error("interrupted"));
    await expect(waiting).rejects.toThrow("interrupted");
  });
});

describe("pause", () => {
  it("ends", () => pause(1));
  it("ends with the reason of the signal", () =>
    expect(pause(60_000, AbortSignal.abort(new Error("interrupted")))).rejects.toThrow("interrupted"));
});

describe("orAborted", () => {
  const never = new Promise<never>(() => {});
  it("gives what the work gives", async () => {
    expect(await orAborted(Promise.resolve(1))).toBe(1);
    expect(await orAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
  });
  it("throws what the work throws", () =>
    expect(orAborted(Promise.reject(new Error("a defect")), new AbortController().signal)).rejects.toThrow("a defect"));
  it("throws the reason of the signal, whenever that comes", async () => {
    await expect(orAborted(never, AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
    const controller = new AbortController();
    const waiting = orAborted(never, controller.signal);
    controller.abort(new Error("later"));
    await expect(waiting).rejects.toThrow("later");
  });
});
