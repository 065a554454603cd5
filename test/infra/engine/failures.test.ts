import type { Engine } from "../../../infra/engine/run";
import { describeEngine, engineFor, expectOk, kinds, MINUTES, names, provisioned } from "./helpers";

const STEP = 10;

/** Every second failure leaves the resource behind, as when Azure takes a request and then fails to carry it out. */
function failureAt(create: number) {
  return { create, partial: (create / STEP) % 2 === 0 };
}

describeEngine("a creation that fails half way", () => {
  const engines: Engine[] = [];

  afterAll(() => Promise.all(engines.map((engine) => engine.stop())), MINUTES);

  const atEveryTenth = async () => {
    engines.push(...(await Promise.all([engineFor("default"), engineFor("default")])));
    await Promise.all(engines.map((engine) => engine.save("empty")));
    const [first] = engines;
    if (!first) throw new Error("no engine started");
    expectOk(await first.run("up", { saveOnce: true }));
    const whole = names(first);
    const points = Array.from({ length: Math.floor(whole.length / STEP) }, (_, index) => (index + 1) * STEP);
    expect(points.length).toBeGreaterThan(15);
    const next = points.values();
    // Two engines at a time: one does not use two processors.
    const work = engines.map(async (engine) => {
      for (const point of next) await failAndFinish(engine, point, whole);
    });
    await Promise.all(work);
  };
  it("leaves a state from which the next run finishes, at every tenth resource", atEveryTenth, 20 * MINUTES);

  const againAndAgain = async () => {
    const engine = await engineFor("demo");
    engines.push(engine);
    for (const create of [30, 40, 50]) {
      const failed = await engine.run("up", { failure: failureAt(create) });
      expect(failed.errors.join("\n")).toContain("arranged failure");
    }
    expectOk(await engine.run("up"));
    expect(await engine.cloud()).toHaveLength(names(engine).length);
    expect(expectOk(await engine.run("up")).steps).toEqual([]);
  };
  it("can fail again and again", againAndAgain, 10 * MINUTES);
});

async function failAndFinish(engine: Engine, point: number, whole: readonly string[]): Promise<void> {
  await engine.load("empty");
  const failure = failureAt(point);
  const failed = await engine.run("up", { failure });
  if (failed.ok) throw new Error(`creation ${point} did not fail`);
  const message = failed.errors.join("\n");
  if (!message.includes("arranged failure")) throw new Error(`creation ${point} failed otherwise:\n${message}`);
  const kept = (await engine.cloud()).map(({ id }) => id);
  const known = provisioned(engine).map(({ id }) => id);
  expect(known.sort()).toEqual(kept.sort());
  expect(provisioned(engine).filter(({ initErrors }) => initErrors?.length)).toHaveLength(failure.partial ? 1 : 0);
  const finished = expectOk(await engine.run("up", { saveOnce: true }));
  expect(kinds(finished.steps)).toEqual(failure.partial ? ["create", "update"] : ["create"]);
  expect(names(engine)).toEqual(whole);
  expect(await engine.cloud()).toHaveLength(whole.length);
}
