import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeState, stateFolder } from "../../../cli/live/state";
import { removeTemporary, temporaryFolder } from "../../../cli/live/temporary";
import { withFolder } from "../folder";
import { withPlace } from "./rig";

/** A rig, and a folder that stands for the disk in memory. */
const withMemory = (work: (state: ReturnType<typeof stateFolder>, memory: string) => void) =>
  withFolder({}, (folder) => {
    const memory = join(folder, "memory");
    mkdirSync(memory);
    work(stateFolder(join(folder, "rig")), memory);
  });

const onLinux = process.platform === "linux" ? it : it.skip;

onLinux("lies in memory, is a cluster's own and nobody else's, and goes without a trace", () =>
  withMemory((state, memory) => {
    const folder = temporaryFolder(state, "app1", memory);
    expect(folder.startsWith(memory)).toBe(true);
    expect(temporaryFolder(state, "app1", memory)).toBe(folder);
    expect(temporaryFolder(state, "app2", memory)).not.toBe(folder);
    for (const each of [folder, join(folder, "..")]) expect(statSync(each).mode & 0o077).toBe(0);
    writeFileSync(join(folder, "unpacked"), "");
    removeTemporary(state, memory);
    expect(readdirSync(memory)).toEqual([]);
    removeTemporary(state, memory);
  }),
);

onLinux("two rigs never share one", () =>
  withMemory((state, memory) => {
    const other = stateFolder(`${state.path}-order`);
    const folder = temporaryFolder(other, "app1", memory);
    temporaryFolder(state, "app1", memory);
    removeTemporary(state, memory);
    expect(existsSync(folder)).toBe(true);
  }),
);

it("lies in the state folder where there is no such disk", () =>
  withMemory((state, memory) => {
    const folder = temporaryFolder(state, "app1", join(memory, "none"));
    expect(folder).toBe(join(state.path, "tmp", "app1"));
    removeTemporary(state, join(memory, "none"));
    expect(existsSync(folder)).toBe(true);
  }));

onLinux("what somebody else has put there in advance is neither used nor removed", () =>
  withMemory((state, memory) => {
    const ours = join(temporaryFolder(state, "app1", memory), "..");
    removeTemporary(state, memory);
    const elsewhere = join(memory, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, ours);
    expect(temporaryFolder(state, "app1", memory).startsWith(state.path)).toBe(true);
    removeTemporary(state, memory);
    expect(readdirSync(memory)).toHaveLength(2);
  }),
);

onLinux("goes with the rig", () =>
  withPlace((state) => {
    const folder = temporaryFolder(state, "app1");
    removeState(state);
    expect(existsSync(folder)).toBe(false);
  }),
);
