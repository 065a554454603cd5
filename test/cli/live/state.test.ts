import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createState, hasState, liveState, read, removeState, save } from "../../../cli/live/state";
import { withPlace, withRig } from "./rig";

it("a variable names another place for the rig of `make live`", () => {
  expect(liveState({}).path).toBe(`${process.cwd()}/.cache/live`);
  expect(liveState({ LIVE_STATE: "" }).path).toBe(`${process.cwd()}/.cache/live`);
  expect(liveState({ LIVE_STATE: "/elsewhere" }).path).toBe("/elsewhere");
});

describe("the folder of a rig", () => {
  it("is made, is known as a rig's, and goes without a trace", () =>
    withPlace((state) => {
      expect(hasState(state)).toBe(false);
      createState(state);
      expect(hasState(state)).toBe(true);
      mkdirSync(join(state.plane("app1"), "pki"), { recursive: true });
      writeFileSync(state.log("app1-etcd"), "words");
      removeState(state);
      expect(existsSync(state.path)).toBe(false);
    }));

  it("is not made twice", () =>
    withRig((state) => {
      expect(() => createState(state)).toThrow("exists. Fix: run `make live-down` first");
    }));

  it("can be removed when there is none", () => withPlace((state) => removeState(state)));

  it("takes the place of an empty folder, which is what an interrupted removal leaves", () =>
    withPlace((state) => {
      mkdirSync(state.path);
      createState(state);
      expect(hasState(state)).toBe(true);
    }));

  it("is neither made nor removed where something else lies", () =>
    withPlace((state) => {
      mkdirSync(state.path);
      writeFileSync(join(state.path, "precious"), "");
      for (const act of [createState, removeState]) expect(() => act(state)).toThrow("Fix: look what it is");
      expect(readdirSync(state.path)).toEqual(["precious"]);
    }));

  it("is not half made on a full disk", () =>
    withPlace((state) => {
      jest.spyOn(jest.requireActual<typeof import("node:fs")>("node:fs"), "writeFileSync").mockImplementation(() => {
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      });
      try {
        expect(() => createState(state)).toThrow("ENOSPC");
      } finally {
        jest.restoreAllMocks();
      }
      expect(existsSync(state.path)).toBe(false);
    }));

  it("stays a rig's until all else of it is gone", () =>
    withRig((state) => {
      mkdirSync(join(state.path, "zzz"));
      mkdirSync(join(state.path, "aaa"));
      const order: string[] = [];
      jest.spyOn(jest.requireActual<typeof import("node:fs")>("node:fs"), "rmSync").mockImplementation((path) => {
        order.push(String(path).slice(state.path.length));
      });
      try {
        removeState(state);
      } finally {
        jest.restoreAllMocks();
      }
      expect(order.slice(0, -1).sort()).toEqual(["/aaa", "/log", "/zzz"]);
      expect(order.at(-1)).toBe("");
      rmSync(join(state.path, "zzz"), { recursive: true });
    }));
});

describe("values", () => {
  it("are kept for their owner's eyes, and replaced as a whole", () =>
    withRig((state) => {
      const file = join(state.path, "value.json");
      save(file, { a: 1 });
      save(file, { b: [2] });
      expect(read(file)).toEqual({ b: [2] });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(state.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    }));
});
