import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findPulumi, NoPulumi, PULUMI_VERSION } from "../../../infra/engine/cli";
import { ROOT } from "./root";

const NODE_FOLDER = join(process.execPath, "..");

describe("finding the Pulumi CLI", () => {
  let folder: string;
  const notes: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aks-fleet-cli-"));
    notes.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const program = (content: string) => {
    writeFileSync(join(folder, "pulumi"), `#!/usr/bin/env node\n${content}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
  };
  const find = (path: string) =>
    findPulumi({ root: ROOT, env: { PATH: path }, note: (message) => notes.push(message) });

  it("takes the one on PATH as it is", async () => {
    program('console.log("v3.999.0")');
    const found = await find([folder, NODE_FOLDER, "/usr/bin", "/bin"].join(delimiter));
    expect(found).toEqual({ path: join(folder, "pulumi"), version: "3.999.0", origin: "PATH" });
  });

  it("leaves aside what is no Pulumi, and says what to do without Go", async () => {
    program("process.exit(1)");
    const nothingElse = find(folder);
    await expect(nothingElse).rejects.toBeInstanceOf(NoPulumi);
    await expect(nothingElse).rejects.toThrow(/pulumi\.com\/docs\/install or https:\/\/go\.dev\/dl/);
    expect(notes).toEqual([expect.stringContaining("does not say its version")]);
  });

  it("pins in the module what the linker flag says", () => {
    expect(readFileSync(join(ROOT, "tools", "pulumi", "go.mod"), "utf8")).toContain(`pulumi/pkg/v3 v${PULUMI_VERSION}`);
  });
});
