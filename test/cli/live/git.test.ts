import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type GitHost,
  headOf,
  openGit,
  pushedFile,
  pushFiles,
  pushRevert,
  pushTree,
  startGit,
} from "../../../cli/live/git";
import type { StateFolder } from "../../../cli/live/state";
import { ROOT } from "../synth/repository";
import { withRig } from "./rig";

const withGit = (work: (host: GitHost, state: StateFolder) => Promise<void>) =>
  withRig(async (state) => work(await startGit(state, ROOT), state));

/** Runs Git as anybody would who pulls from the server. */
function git(cwd: string, ...args: string[]): string {
  const env = { PATH: process.env["PATH"], HOME: cwd, GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" };
  return execFileSync("git", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

const served = ({ folder, url, branch }: GitHost) => git(folder, "ls-remote", url, branch).split("\t")[0];
const log = ({ clone }: GitHost) => git(clone, "log", "--format=%s").split("\n");

function tree(state: StateFolder, files: Readonly<Record<string, string>>): string {
  const folder = join(state.path, "rendered");
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

it("a tree is pushed as a whole: what it no longer has is gone, and what is equal makes no commit", () =>
  withGit(async (host, state) => {
    const first = await pushTree(host, tree(state, { "app1/a.yaml": "a", "app2/b.yaml": "b" }), "one");
    expect(served(host)).toBe(first);
    expect(await pushTree(host, tree(state, { "app1/a.yaml": "a", "app2/b.yaml": "b" }), "again")).toBe(first);
    const second = await pushTree(host, tree(state, { "app1/a.yaml": "A" }), "two");
    expect(second).not.toBe(first);
    expect(served(host)).toBe(second);
    expect(await headOf(host)).toBe(second);
    expect(git(host.clone, "ls-files")).toBe(".sourceignore\ndist/app1/a.yaml");
    expect(log(host)).toEqual(["two", "one"]);
  }));

it("files are written and removed, and a commit is taken back by another", () =>
  withGit(async (host) => {
    await pushFiles(host, { "dist/app1/a.yaml": "1", "dist/app1/b.yaml": "1" }, "good");
    const bad = await pushFiles(host, { "dist/app1/a.yaml": "2", "dist/app1/b.yaml": undefined }, "bad");
    expect(existsSync(join(host.clone, "dist/app1/b.yaml"))).toBe(false);
    const reverted = await pushRevert(host, bad);
    expect(served(host)).toBe(reverted);
    expect(pushedFile(host, "dist/app1/a.yaml")).toBe("1");
    expect(pushedFile(host, "dist/app1/b.yaml")).toBe("1");
    expect(log(host)).toEqual(['Revert "bad"', "bad", "good"]);
  }));

it("a person's Git settings, hooks and signatures take no part", () =>
  withGit(async (host) => {
    const config = join(host.folder, "gitconfig");
    writeFileSync(config, "[user]\n\tname = Jane\n[commit]\n\tgpgsign = true\n[core]\n\thooksPath = /no/such\n");
    const before = { ...process.env };
    Object.assign(process.env, { GIT_CONFIG_GLOBAL: config, GIT_DIR: "/no/such", GIT_AUTHOR_NAME: "Jane" });
    try {
      await pushFiles(host, { a: "1" }, "one");
    } finally {
      process.env = before;
    }
    expect(git(host.clone, "log", "-1", "--format=%an <%ae> %cn")).toBe(
      "aks-fleet live <live@localhost> aks-fleet live",
    );
  }));

it("the server is found again by whoever comes later", () =>
  withGit(async (host, state) => expect(openGit(state)).toEqual(host)));

it("what Git refuses is an error with its words", () =>
  withGit((host) => expect(pushRevert(host, "0123456")).rejects.toThrow(/^git revert: .*0123456/)));

describe("the server", () => {
  const clone = ({ folder, url }: GitHost, name: string) => git(folder, "clone", "--quiet", "--depth=1", url, name);
  const fault = ({ folder }: GitHost, value: object | undefined) =>
    value === undefined
      ? rmSync(join(folder, "fault.json"))
      : writeFileSync(join(folder, "fault.json"), JSON.stringify(value));

  it("lets clone, is out of order as it is told, and is well again", () =>
    withGit(async (host) => {
      await pushFiles(host, { big: Array.from({ length: 5000 }, () => Math.random()).join("\n") }, "one");
      clone(host, "well");
      fault(host, { status: 503 });
      expect(() => clone(host, "refused")).toThrow("503");
      fault(host, { cutAfterBytes: 10_000 });
      expect(() => clone(host, "cut")).toThrow(/early EOF|transfer closed|unexpected disconnect|RPC failed/);
      fault(host, { delayMs: 300 });
      const started = performance.now();
      served(host);
      expect(performance.now() - started).toBeGreaterThan(300);
      fault(host, undefined);
      clone(host, "again");
    }));

  it("answers on loopback only, and knows no other folder", () =>
    withGit(async (host, state) => {
      expect(new URL(host.url).hostname).toBe("127.0.0.1");
      git(state.path, "init", "--quiet", "--bare", "secret.git");
      const { origin } = new URL(host.url);
      for (const path of ["/../secret.git", "/%2e%2e/secret.git", "/..%2fsecret.git", "/none.git"]) {
        const { status } = await fetch(`${origin}${path}/info/refs?service=git-upload-pack`);
        expect(status).not.toBe(200);
      }
    }));
});
