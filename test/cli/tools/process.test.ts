import { runProgram } from "../../../cli/tools/process";

const sh = (body: string, options = {}) => runProgram("/bin/sh", ["-c", body], options);

test("gives what a program prints, and how it ends", async () => {
  expect(await sh("echo out; echo err >&2; exit 3")).toEqual({ code: 3, stdout: "out\n", stderr: "err\n" });
});

test("hands over standard output as it comes, whole characters only", async () => {
  const chunks: string[] = [];
  const onStdout = (chunk: string) => chunks.push(chunk);
  const exit = await sh("printf '\\303'; sleep 0.05; printf '\\251'", { onStdout });
  expect(chunks.join("")).toBe("é");
  expect(exit.stdout).toBe("");
});

test("a taker that throws stops the program and gets its error back", async () => {
  const onStdout = () => {
    throw new Error("enough");
  };
  await expect(sh("while :; do echo x; done", { onStdout })).rejects.toThrow("enough");
});

test("a program that cannot be started is an error, and leaves no timer behind", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await expect(runProgram("/nowhere/program", [], { timeout: 60_000 })).rejects.toThrow(/ENOENT/);
  expect(timers()).toBe(before);
});

test("a limit of time stops a program", async () => {
  expect((await sh("exec sleep 20", { timeout: 50 })).code).toBeNull();
});

test("a signal stops a program", async () => {
  await expect(sh("exec sleep 20", { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort/i);
});

test("a program that prints without end does not fill the memory", async () => {
  const { stdout } = await sh("head -c 5000000 /dev/zero");
  expect(stdout.length).toBeLessThan(2_000_000);
});
