import type { ApiClient } from "../../../cli/live/client";
import { killProcess, runningProcesses, startProcess } from "../../../cli/live/processes";
import { revive } from "../../../cli/live/revive";
import type { Live } from "../../../cli/live/up";
import { scripted, withRig } from "./rig";

it("what has ended is started again, servers first, with what goes down with them, and nothing else is", () =>
  withRig(async (state) => {
    const asked: (readonly string[])[] = [];
    const names = async () => (await runningProcesses(state)).map(({ name }) => name).sort();
    const isReady = async () => {
      asked.push(await names());
      return asked.length > 1;
    };
    const live = { state, planes: [{ name: "app1", client: { isReady } as unknown as ApiClient }] } as unknown as Live;
    const all = ["app1-apiserver", "app1-etcd", "app1-kwok", "git-server"];
    const others = ["app1-kyverno", "app2-kyverno"];
    for (const name of [...all, ...others]) startProcess(state, scripted(state, name));
    expect(await revive(live)).toEqual([]);
    for (const name of all.slice(0, 3)) await killProcess(state, name);
    expect(await revive(live)).toEqual(["app1-apiserver", "app1-etcd", "app1-kwok", "app1-kyverno"]);
    expect(asked).toEqual([
      ["app1-apiserver", "app1-etcd", "app2-kyverno", "git-server"],
      ["app1-apiserver", "app1-etcd", "app2-kyverno", "git-server"],
    ]);
    expect(await names()).toEqual([...all, ...others].sort());
  }));
