import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  copyRepository,
  type Exit,
  notRun,
  PATIENCE,
  type Repository,
  type RunOptions,
  runProgram,
  treeOf,
  unprivileged,
} from "./repository";

jest.setTimeout(PATIENCE);

type Tree = Readonly<Record<string, string>>;

let repository: Repository;
let folder: string;
let before: Tree;
let after: Tree;

const synth = (dist: string, options?: RunOptions, ...args: readonly string[]): Promise<Exit> =>
  repository.run(["synth", "--no-validate", "--dist", dist, ...args], options);

beforeAll(async () => {
  repository = copyRepository();
  folder = repository.folder();
  const trees = ["demo", "default"].map(async (fleet) => {
    expect(await synth(join(folder, fleet), {}, "--fleet", fleet)).toMatchObject({ code: 0, stderr: "" });
    return treeOf(join(folder, fleet));
  });
  [before, after] = (await Promise.all(trees)) as [Tree, Tree];
});

afterAll(() => {
  // Read-only folders of other users are root's to remove, and nobody's else.
  spawnSync("chmod", ["-R", "u+w", folder]);
  repository.remove();
});

/** A folder that holds the demo fleet's tree as `dist`, and belongs to whom `options` start. */
function place({ as }: RunOptions = {}): { readonly parent: string; readonly dist: string } {
  const parent = mkdtempSync(join(folder, "place-"));
  const dist = join(parent, "dist");
  cpSync(join(folder, "demo"), dist, { recursive: true });
  if (as) {
    for (const path of [
      parent,
      dist,
      ...readdirSync(dist, { recursive: true, encoding: "utf8" }).map((path) => join(dist, path)),
    ])
      chownSync(path, as.uid, as.gid);
  }
  return { parent, dist };
}

function refused(exit: Exit, message: string): void {
  expect(exit).toMatchObject({ code: 2, stdout: "", stderr: `${message}\n` });
}

describe("a person without permission", () => {
  let person: RunOptions | undefined;
  beforeAll(() => {
    person = unprivileged(repository.root);
    if (!person) notRun("no process without root's rights could be started here");
  });

  it("to write to the folder above is told so", async () => {
    if (!person) return;
    const { parent, dist } = place(person);
    chmodSync(parent, 0o555);
    refused(
      await synth(dist, person),
      `${parent} cannot be written to; ${dist} is as it was. Fix: make the folder writable, or name another one`,
    );
    expect(treeOf(dist)).toEqual(before);
    expect(readdirSync(parent)).toEqual(["dist"]);
  });

  it("to write to the folder itself is told so", async () => {
    if (!person) return;
    const { parent, dist } = place(person);
    chmodSync(dist, 0o555);
    refused(
      await synth(dist, person),
      `${dist} cannot be written to; ${dist} is as it was. Fix: make the folder writable, or name another one`,
    );
    expect(treeOf(dist)).toEqual(before);
    expect(readdirSync(parent)).toEqual(["dist"]);
  });

  it("to write anywhere near can check all the same", async () => {
    if (!person) return;
    const { parent, dist } = place(person);
    chmodSync(dist, 0o555);
    chmodSync(parent, 0o555);
    const same = await synth(dist, person, "--check", "--fleet", "demo");
    expect(same).toMatchObject({ code: 0, stdout: `${dist} is what the sources render.\n` });
    expect((await synth(dist, person, "--check")).code).toBe(1);
  });

  it("to write to the repository can render elsewhere", async () => {
    if (!person) return;
    const { dist } = place(person);
    const build = join(repository.root, "build");
    for (const name of readdirSync(build).filter((name) => name.endsWith(".v8"))) rmSync(join(build, name));
    chmodSync(build, 0o555);
    const exit = await synth(dist, person);
    chmodSync(build, 0o755);
    expect(exit).toMatchObject({ code: 0, stderr: "" });
    expect(treeOf(dist)).toEqual(after);
  });
});

describe("a target that", () => {
  it("lies below a file is refused", async () => {
    const { parent } = place();
    writeFileSync(join(parent, "file"), "years of work");
    const dist = join(parent, "file", "dist");
    refused(await synth(dist), `${dist} is not a folder, or lies below a file. Fix: name another one`);
    expect(readFileSync(join(parent, "file"), "utf8")).toBe("years of work");
  });

  it("is a file is refused, and the file is kept", async () => {
    const { parent } = place();
    const dist = join(parent, "thesis.txt");
    writeFileSync(dist, "years of work");
    refused(
      await synth(dist),
      `${dist} is a file, and rendering makes a folder. Fix: name another one, or remove the file`,
    );
    expect(readFileSync(dist, "utf8")).toBe("years of work");
    expect(readdirSync(parent).sort()).toEqual(["dist", "thesis.txt"]);
  });

  it("holds what was not rendered is refused, and so is the repository itself", async () => {
    const { parent } = place();
    for (const dist of [parent, repository.root]) {
      const names = readdirSync(dist);
      refused(
        await synth(dist),
        `${dist} holds something that was not rendered (no README.md of ours), and rendering replaces the whole folder. Fix: name an empty or new folder, or empty this one`,
      );
      expect(readdirSync(dist)).toEqual(names);
    }
  });

  it("has a name that is too long is refused", async () => {
    const { parent } = place();
    const dist = join(parent, "x".repeat(250));
    const exit = await synth(dist);
    expect(exit).toMatchObject({ code: 2, stdout: "" });
    expect(exit.stderr).toMatch(
      / cannot be rendered to \(ENAMETOOLONG: .*\); it is as it was. Fix: name another folder\n$/,
    );
  });

  it("is not there yet, nor the folders above, is made", async () => {
    const { parent } = place();
    const dist = join(parent, "a", "b", "dist");
    expect(await synth(dist)).toMatchObject({ code: 0, stderr: "" });
    expect(treeOf(dist)).toEqual(after);
  });

  it("is a link stays one, and what it leads to is replaced", async () => {
    const { parent, dist } = place();
    symlinkSync("dist", join(parent, "link"));
    expect(await synth(join(parent, "link"))).toMatchObject({ code: 0, stderr: "" });
    expect(lstatSync(join(parent, "link")).isSymbolicLink()).toBe(true);
    expect(treeOf(dist)).toEqual(after);
    expect(readdirSync(parent)).toEqual(["dist", "link"]);
  });

  it("has a name full of surprises is taken as it is", async () => {
    const { parent } = place();
    const dist = join(parent, "-r a$(touch x)*'\"\\ä\n");
    expect(await synth(dist)).toMatchObject({ code: 0, stderr: "" });
    expect(treeOf(dist)).toEqual(after);
    rmSync(dist, { recursive: true });
    expect(readdirSync(parent)).toEqual(["dist"]);
  });
});

/** Runs a script with mounts that nobody else sees; `$1` is a folder to mount on, `$2` the repository, `$3` Node. */
async function mounted(script: string): Promise<Exit | undefined> {
  const parent = mkdtempSync(join(folder, "mount-"));
  const flags = process.getuid?.() === 0 ? "-m" : "-Urm";
  const args = [flags, "sh", "-c", script, "sh", parent, repository.root, process.execPath];
  const exit = await runProgram("unshare", args, parent).catch(() => undefined);
  return exit?.code === 77 || exit?.stderr.startsWith("unshare: ") ? undefined : exit;
}

const SYNTH = '"$3" "$2/cli/run.cjs" synth --no-validate --dist';

it("a full disk is told, and the last tree is still there", async () => {
  const pages = Object.values(before).reduce((sum, text) => sum + Math.ceil(text.length / 4096), 0);
  const exit = await mounted(`
    mount -t tmpfs -o size=${Math.round(pages * 4 * 1.5)}k tmpfs "$1" || exit 77
    ${SYNTH} "$1/dist" --fleet demo >&2 || exit 78
    find "$1/dist" -type f | sort | xargs cat | cksum
    ${SYNTH} "$1/dist"
    echo "exit $?"
    find "$1/dist" -type f | sort | xargs cat | cksum
    ls -A "$1"
  `);
  if (!exit) return notRun("no small file system could be mounted here (unshare, mount -t tmpfs)");
  const [first, code, second, ...names] = exit.stdout.trim().split("\n");
  expect(code).toBe("exit 2");
  expect(exit.stderr).toMatch(
    /the disk that holds \S+ is full; \S+\/dist is as it was. Fix: free some space and run again\n$/,
  );
  expect(second).toBe(first);
  expect(names).toEqual(["dist"]);
});

it("a tree in a container image's lower layer is replaced, too", async () => {
  const exit = await mounted(`
    mount -t tmpfs tmpfs "$1" && mkdir "$1/lower" "$1/upper" "$1/work" "$1/merged" || exit 77
    ${SYNTH} "$1/lower/dist" --fleet demo >&2 || exit 78
    ${SYNTH} "$1/expected" >&2 || exit 78
    layers="lowerdir=$1/lower,upperdir=$1/upper,workdir=$1/work"
    mount -t overlay overlay -o "$layers,userxattr" "$1/merged" || mount -t overlay overlay -o "$layers" "$1/merged" || exit 77
    ${SYNTH} "$1/merged/dist" >&2
    echo "exit $?"
    diff -r "$1/expected" "$1/merged/dist" && echo same
    ls -A "$1/merged"
  `);
  if (!exit) return notRun("no layers could be mounted here (unshare, mount -t overlay)");
  expect(exit.stdout).toBe("exit 0\nsame\ndist\n");
});

it("a mount point is refused with advice, and left as it was", async () => {
  const exit = await mounted(`
    mkdir "$1/dist" && mount -t tmpfs tmpfs "$1/dist" || exit 77
    ${SYNTH} "$1/dist" --fleet demo
    echo "exit $?"
    ls -A "$1/dist"
    echo "beside:"
    ls -A "$1"
  `);
  if (!exit) return notRun("no file system could be mounted here (unshare, mount -t tmpfs)");
  expect(exit.stdout).toBe("exit 2\nbeside:\ndist\n");
  expect(exit.stderr).toMatch(/since it is a mount point or in use; it is as it was. Fix: name a folder below it\n$/);
});
