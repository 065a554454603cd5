import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findPrograms, MissingPrograms, PROGRAMS, type ProgramName } from "../../../cli/live/programs";
import { type Files, script } from "../folder";
import { withPrograms } from "../programs";

const MODULES: Files = Object.fromEntries(
  Object.values(PROGRAMS).flatMap(({ go }) => ["go.mod", "go.sum"].map((file) => [`${go.module}/${file}`, ""])),
);

/** Go that builds a program for every package but these, of which it says why not. */
const go = (...broken: readonly string[]) =>
  script(`
[ "$*" = "env GOVERSION" ] && { echo go1.99.0; exit 0; }
[ "$*" = "env GOCACHE GOMODCACHE" ] && { echo /caches; exit 0; }
for last; do [ "$previous" = -o ] && out=$last; previous=$last; done
case " ${broken.join(" ")} " in *" \${last##*/} "*) echo "no luck with \${last##*/}" >&2; exit 1 ;; esac
echo "$last" > "$out"`);

/** Looks for programs among files, with a folder \`bin\` as PATH. */
function find(
  names: readonly ProgramName[],
  files: Files,
  options: { env?: Readonly<Record<string, string>>; free?: number; signal?: AbortSignal } = {},
) {
  return withPrograms({ ...MODULES, ...files }, async (root) => {
    const notes: string[] = [];
    const short = (text: string) => text.replaceAll(`${root}/`, "").replace(/-[0-9a-f]{12}$/, "");
    const context = {
      root,
      env: { PATH: `${root}/bin`, ...options.env },
      note: (message: string) => notes.push(short(message)),
      freeSpace: () => options.free ?? 1e12,
      ...(options.signal ? { signal: options.signal } : {}),
    };
    const outcome: unknown = await findPrograms(names, context).catch((error: unknown) => error);
    const paths = outcome instanceof Error ? {} : (outcome as Readonly<Record<string, string>>);
    const built = readdirSync(root).includes(".cache") ? readdirSync(`${root}/.cache/bin`).map(short) : [];
    return {
      paths: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, short(path)])),
      error: outcome instanceof Error ? outcome : undefined,
      message: outcome instanceof Error ? short(outcome.message) : "",
      notes,
      built,
    };
  });
}

const KWOK = script(`echo kwok version ${PROGRAMS.kwok.version}`);
const ETCD = script(`echo etcd Version: ${PROGRAMS.etcd.version.slice(1)}`);

test("what is there is taken without a word", async () => {
  const { paths, notes, built } = await find(["kwok", "etcd"], { "bin/kwok": KWOK, "bin/etcd": ETCD });
  expect(paths).toEqual({ kwok: "bin/kwok", etcd: "bin/etcd" });
  expect([notes, built]).toEqual([[], []]);
});

test("nothing is asked of Go, or of the disk, for no programs", async () => {
  expect(await find([], {}, { free: 0 })).toMatchObject({ paths: {}, error: undefined, notes: [] });
});

test("what is missing is built in the order in which it is wanted, after a word on what that costs", async () => {
  const names = ["crane", "kwok", "kube-apiserver", "kube-scheduler", "crane"] as const;
  const { paths, notes, built } = await find(names, { "bin/go": go(), "bin/kwok": KWOK });
  expect(Object.keys(paths).sort()).toEqual(["crane", "kube-apiserver", "kube-scheduler", "kwok"]);
  expect(paths).toMatchObject({ kwok: "bin/kwok", crane: ".cache/bin/crane" });
  expect(notes).toEqual([
    expect.stringMatching(
      /^3 programs are built, once: about \d+ min on two cores and [\d.]+ GB for Go's caches \(crane, kube-apiserver, kube-scheduler\)$/,
    ),
    expect.stringMatching(/^building crane \(1 of 3, about \d+ min left\)$/),
    expect.stringMatching(/^building kube-apiserver \(2 of 3, about \d+ min left\)$/),
    expect.stringMatching(/^building kube-scheduler \(3 of 3, about \d+ s left\)$/),
  ]);
  expect(built.sort()).toEqual(["crane", "kube-apiserver", "kube-scheduler"]);
});

test("what was built is found again", async () => {
  await withPrograms({ ...MODULES, "bin/go": go() }, async (root) => {
    const notes: string[] = [];
    const context = {
      root,
      env: { PATH: `${root}/bin` },
      note: (note: string) => notes.push(note),
      freeSpace: () => 1e12,
    };
    const first = await findPrograms(["helm", "kyverno"], context);
    notes.length = 0;
    expect(await findPrograms(["helm", "kyverno"], { ...context, freeSpace: () => 0 })).toEqual(first);
    expect(notes).toEqual([]);
  });
});

test("two API servers are two programs", async () => {
  const { paths, built } = await find(["kube-apiserver", "kube-apiserver-next"], { "bin/go": go() });
  expect(Object.keys(paths)).toEqual(["kube-apiserver", "kube-apiserver-next"]);
  expect(built.length).toBeGreaterThan(0);
});

test("all that cannot be built are told at once, each with what was tried, and the others are built", async () => {
  const { error, message, built } = await find(["etcd", "crane", "helm"], { "bin/go": go("v3", "helm") });
  expect(error).toBeInstanceOf(MissingPrograms);
  expect(message).toMatch(/^2 of 3 programs cannot be had:\n/);
  for (const name of ["etcd", "helm"] as const) {
    expect(message).toContain(
      `${name} ${PROGRAMS[name].version}\n  PATH: no ${name}\n  project cache: nothing yet\n  build: ${name} could not be built`,
    );
  }
  expect(message).toContain("no luck with helm");
  expect(built).toEqual(["crane"]);
});

test("without Go, everything that is missing is told", async () => {
  const names = Object.keys(PROGRAMS) as ProgramName[];
  const { message, notes } = await find(names, { "bin/kwok": KWOK });
  expect(message).toContain(`${names.length - 1} of ${names.length} programs cannot be had:\n`);
  for (const name of names.filter((each) => each !== "kwok"))
    expect(message).toContain(`\n${name} ${PROGRAMS[name].version}\n`);
  expect(message.match(/build: there is no Go/g)).toHaveLength(names.length - 1);
  expect(notes).toEqual([]);
});

test("a variable that names nothing usable is told before anything is built", async () => {
  const { error, message, built } = await find(
    ["crane", "etcd"],
    { "bin/go": go(), "bin/etcd": ETCD },
    { env: { TEST_ASSET_ETCD: "/nowhere" } },
  );
  expect(error).toBeInstanceOf(MissingPrograms);
  expect(message).toContain("TEST_ASSET_ETCD: /nowhere is no program. Fix: let TEST_ASSET_ETCD name etcd, or unset it");
  expect(built).toEqual([]);
});

test("a full disk is told before anything is built", async () => {
  const { error, notes, built } = await find(["crane", "helm"], { "bin/go": go() }, { free: 5e8 });
  expect(error?.message).toMatch(
    /^\/caches has 0\.5 GB free, and what must be built takes up to [\d.]+ GB there\. Fix: /,
  );
  expect(notes).toHaveLength(1);
  expect(built).toEqual([]);
});

test("an interruption ends the build at hand and begins no other", async () => {
  const controller = new AbortController();
  const slow = script(`
[ "$*" = "env GOVERSION" ] && { echo go1.99.0; exit 0; }
[ "$1" = env ] && exit 0
exec /bin/sleep 20`);
  const finding = find(["crane", "helm"], { "bin/go": slow }, { signal: controller.signal });
  await sleep(500);
  controller.abort(new Error("interrupted"));
  const { error, notes, built } = await finding;
  expect(error).not.toBeInstanceOf(MissingPrograms);
  expect(error?.message).toMatch(/interrupted|abort/i);
  expect(notes.filter((note) => note.startsWith("building"))).toHaveLength(1);
  expect(built).toEqual([]);
});
