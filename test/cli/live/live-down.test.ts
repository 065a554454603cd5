import { existsSync } from "node:fs";
import { startProcess } from "../../../cli/live/processes";
import { createState, STATE, stateFolder } from "../../../cli/live/state";
import { run } from "../../../cli/live-down";
import { withFolder } from "../folder";
import { borrowed, NOWHERE } from "./borrowed";
import { scripted } from "./rig";

/** Runs the command in a folder of its own. */
async function down(args: readonly string[] = [], before: (folder: string) => void = () => {}) {
  const [out, err]: [string[], string[]] = [[], []];
  jest.spyOn(console, "log").mockImplementation((line: string) => out.push(line));
  jest.spyOn(console, "error").mockImplementation((line: string) => err.push(line));
  const here = process.cwd();
  const named = process.env["LIVE_STATE"];
  // Whatever rig the person has there is none of a test's.
  delete process.env["LIVE_STATE"];
  try {
    return await withFolder({}, async (folder) => {
      process.chdir(folder);
      before(folder);
      const code = await run(args);
      return { code, out: out.join("\n"), err: err.join("\n"), left: existsSync(`${folder}/${STATE}`) };
    });
  } finally {
    process.chdir(here);
    if (named !== undefined) process.env["LIVE_STATE"] = named;
    jest.restoreAllMocks();
  }
}

it("where nothing is up, nothing is done", async () => {
  expect(await down()).toEqual({ code: 0, out: "Nothing was up.", err: "", left: false });
});

it("what is up ends, and its folder goes", async () => {
  const up = (folder: string) => {
    const state = stateFolder(`${process.cwd()}/${STATE}`);
    expect(folder.length).toBeGreaterThan(0);
    createState(state);
    for (const name of ["app1-etcd", "git-server"]) startProcess(state, scripted(state, name));
  };
  const expected = { code: 0, out: "Ended 2 processes; nothing is left.", err: "", left: false };
  expect(await down([], up)).toEqual(expected);
});

it("where something is left on a cluster, it says so and can be run again, or told to forget it", async () => {
  const up = () => {
    const state = stateFolder(`${process.cwd()}/${STATE}`);
    createState(state);
    borrowed(state, "app1", NOWHERE, { cluster: "x", objects: [] });
    startProcess(state, scripted(state, "app1-kwok"));
  };
  const err = expect.stringContaining("kind-app1: the API server does not answer");
  expect(await down([], up)).toEqual({ code: 2, out: "", err, left: true });
  expect(await down(["--forget"], up)).toEqual({
    code: 0,
    out: "Ended 1 processes.",
    err: "What was put on the cluster of kind-app1 stays there.",
    left: false,
  });
});

it("it explains itself", async () => {
  expect(await down(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Usage: npm run live-down") });
  expect(await down(["--nonsense"])).toMatchObject({ code: 2, err: expect.stringContaining("'--nonsense'") });
});
