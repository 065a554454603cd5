import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { say } from "../../cli/say";

afterEach(() => jest.restoreAllMocks());

it("prints a line, whole, however little is taken at once", () => {
  const taken: string[] = [];
  jest.spyOn(fs, "writeSync").mockImplementation(((_: number, bytes: Buffer) => {
    taken.push(bytes.subarray(0, 4).toString("latin1"));
    return Math.min(4, bytes.length);
  }) as typeof fs.writeSync);
  say("straße und weiter");
  expect(Buffer.from(taken.join(""), "latin1").toString()).toBe("straße und weiter\n");
});

it("leaves to the stream what a pipe does not take for now", () => {
  let calls = 0;
  jest.spyOn(fs, "writeSync").mockImplementation(() => {
    if (calls++ === 0) return 3;
    throw Object.assign(new Error("try again"), { code: "EAGAIN" });
  });
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  say("one two");
  expect(String(write.mock.calls[0]?.[0])).toBe(" two\n");
});

it("does not mind that nobody listens any more", () => {
  const bundle = buildSync({
    entryPoints: [join(__dirname, "../../cli/say.ts")],
    bundle: true,
    platform: "node",
    format: "iife",
    globalName: "said",
    write: false,
  }).outputFiles[0]?.text;
  const script = `${bundle}; setTimeout(() => { said.say("word"); console.error("still here"); }, 200)`;
  const shell = `"${process.execPath}" -e "$SCRIPT" | true`;
  const { stderr, status } = spawnSync("sh", ["-c", shell], {
    env: { ...process.env, SCRIPT: script },
    encoding: "utf8",
  });
  expect({ stderr, status }).toEqual({ stderr: "still here\n", status: 0 });
});
