import { requireNeeds } from "../../../cli/live/needs";
import { stateFolder } from "../../../cli/live/state";
import { type Files, script } from "../folder";
import { withPrograms } from "../programs";

const GOOD: Files = {
  "infra/node_modules/@pulumi/pulumi": "",
  "bin/git": script('echo "usage: git http-backend" >&2; exit 129'),
  "bin/go": script("echo go version go1.26.8"),
  "bin/ps": script("echo 1"),
};

/** Looks for what is needed among files, with a folder \`bin\` as PATH. */
const look = (files: Files, gigabytes = 10) =>
  withPrograms(files, (root) =>
    requireNeeds(stateFolder(`${root}/.cache/live`), {
      root,
      env: { PATH: `${root}/bin` },
      freeSpace: (folder) => Promise.resolve(folder === root ? gigabytes * 1e9 : 0),
    }),
  );
const without = (...paths: string[]) =>
  Object.fromEntries(Object.entries(GOOD).filter(([path]) => !paths.includes(path)));

it("all that is needed is enough", () => look(GOOD));

it.each([
  ["git", without("bin/git"), "install Git"],
  [
    "Git's server",
    { ...GOOD, "bin/git": script(`echo "git: 'http-backend' is not a git command." >&2; exit 1`) },
    "install Git",
  ],
  ["go", without("bin/go"), "install Go"],
  ["ps", without("bin/ps"), "install procps"],
  ["infra's packages", without("infra/node_modules/@pulumi/pulumi"), "npm ci --prefix infra"],
])("without %s the way out is told", (_, files, fix) => expect(look(files)).rejects.toThrow(`Fix: ${fix}`));

it("a full disk is told", () =>
  expect(look(GOOD, 0.25)).rejects.toThrow(/1 GB on the disk of .*live, which has 0\.3 free\. Fix: free some/));

it("everything that is missing is told at once", async () => {
  const error: unknown = await look({}, 0).catch((each: unknown) => each);
  expect((error as Error).message.split("\n")).toHaveLength(6);
});
