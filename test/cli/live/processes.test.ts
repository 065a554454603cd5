import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import {
  endProcesses,
  killProcess,
  knownProcesses,
  lastWords,
  restartProcess,
  runningProcesses,
  startProcess,
} from "../../../cli/live/processes";
import { type StateFolder, stateFolder } from "../../../cli/live/state";
import { until } from "../../../cli/live/wait";
import { ROOT, runNode } from "../synth/repository";
import { scripted, withRig } from "./rig";

const names = async (state: StateFolder) => (await runningProcesses(state)).map(({ name }) => name).sort();
const said = (state: StateFolder, name: string, words: string) =>
  until(words, () => existsSync(state.log(name)) && readFileSync(state.log(name), "utf8").includes(words));

describe("a process of the rig", () => {
  it("is found by its name for itself, and by nothing else", () =>
    withRig(async (state) => {
      startProcess(state, scripted(state, "app1-etcd"));
      startProcess(state, scripted(state, "app1-etcd-2"));
      expect(await names(state)).toEqual(["app1-etcd", "app1-etcd-2"]);
      expect(knownProcesses(state)).toEqual(["app1-etcd", "app1-etcd-2"]);
      expect(await runningProcesses(stateFolder(`${state.path}-other`))).toEqual([]);
      expect(await runningProcesses(stateFolder(join(state.path, "..")))).toEqual([]);
    }));

  it("outlives whoever started it, also one that is killed, and is found again", () =>
    withRig(async (state) => {
      const contents = `
        import { startProcess } from "./cli/live/processes";
        import { stateFolder } from "./cli/live/state";
        const state = stateFolder(${JSON.stringify(state.path)});
        startProcess(state, { name: "orphan", program: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"], cwd: state.path });
        process.kill(process.pid, "SIGKILL");`;
      const outfile = join(state.path, "starter.cjs");
      buildSync({ stdin: { contents, resolveDir: ROOT, loader: "ts" }, outfile, bundle: true, platform: "node" });
      expect(await runNode([outfile], state.path)).toMatchObject({ signal: "SIGKILL" });
      expect(await names(state)).toEqual(["orphan"]);
      expect(await endProcesses(state, () => true)).toEqual(["orphan"]);
    }));

  it("has an environment of its own, in which the person's is not", () =>
    withRig(async (state) => {
      process.env["A_SECRET_OF_MINE"] = "1";
      try {
        const script = "console.log(Object.keys(process.env).sort().join(), process.env.HOME, process.cwd())";
        startProcess(state, { ...scripted(state, "env", script), env: { KUBECONFIG: "x" } });
      } finally {
        delete process.env["A_SECRET_OF_MINE"];
      }
      await said(state, "env", "KUBECONFIG");
      const [variables = "", ...rest] = lastWords(state, "env").split(" ");
      expect(variables.split(",").filter((name) => name !== "TMPDIR")).toEqual(["HOME", "KUBECONFIG", "PATH"]);
      expect(rest.join(" ")).toBe(`${state.path} ${state.path}`);
    }));

  it("is no script: that could not be found again", () =>
    withRig(async (state) => {
      const program = join(state.path, "etcd");
      writeFileSync(program, "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
      expect(() => startProcess(state, { ...scripted(state, "etcd"), program })).toThrow("is a script, whose process");
      expect(knownProcesses(state)).toEqual([]);
    }));

  it("that cannot be started is an error, and no process", () =>
    withRig(async (state) => {
      const none = { ...scripted(state, "none"), program: "/no/such/program" };
      expect(() => startProcess(state, none)).toThrow("/no/such/program cannot be started");
      expect(await names(state)).toEqual([]);
    }));
});

describe("the end of processes", () => {
  it("is polite: they can clean up", () =>
    withRig(async (state) => {
      const script = `process.on("SIGTERM", () => { console.log("bye"); process.exit() }); setInterval(() => {}, 1000); console.log("here")`;
      startProcess(state, scripted(state, "polite", script));
      startProcess(state, scripted(state, "other"));
      await said(state, "polite", "here");
      expect(await endProcesses(state, (name) => name === "polite")).toEqual(["polite"]);
      expect(lastWords(state, "polite")).toBe("here\nbye");
      expect(await names(state)).toEqual(["other"]);
    }));

  it("is for good where they do not listen", () =>
    withRig(async (state) => {
      const script = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("here")`;
      startProcess(state, scripted(state, "deaf", script));
      await said(state, "deaf", "here");
      expect(await endProcesses(state, () => true, { patience: 200 })).toEqual(["deaf"]);
      expect(await names(state)).toEqual([]);
    }));

  it("is nothing where nothing runs", () =>
    withRig(async (state) => expect(await endProcesses(state, () => true)).toEqual([])));

  it("can be without warning, and what was killed starts again just so, its log continued", () =>
    withRig(async (state) => {
      const script = `process.on("SIGTERM", () => console.log("asked")); setInterval(() => {}, 1000); console.log("here")`;
      const { pid } = startProcess(state, scripted(state, "one", script));
      await said(state, "one", "here");
      await killProcess(state, "one");
      expect(await names(state)).toEqual([]);
      const again = restartProcess(state, "one");
      expect(again.pid).not.toBe(pid);
      await said(state, "one", "here\nhere\n");
      expect(await names(state)).toEqual(["one"]);
    }));
});

describe("last words", () => {
  it("are the last lines of the log", () =>
    withRig(async (state) => {
      startProcess(state, scripted(state, "talker", 'for (let n = 1; n <= 20; n++) console.error("line", n)'));
      await said(state, "talker", "line 20");
      expect(lastWords(state, "talker", 2)).toBe("line 19\nline 20");
      expect(lastWords(state, "talker").split("\n")).toHaveLength(8);
    }));

  it("are without colours", () =>
    withRig(async (state) => {
      startProcess(state, scripted(state, "painter", 'console.error("\\u001b[31mINF\\u001b[0m all is well")'));
      await said(state, "painter", "well");
      expect(lastWords(state, "painter")).toBe("INF all is well");
    }));

  it("say so where there are none", () =>
    withRig((state) => expect(lastWords(state, "nobody")).toBe("(it wrote nothing)")));
});
