import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureDiffs } from "../../../cli/bench/diff";
import { DYFF } from "../../../cli/bench/dyff";
import { measureGoals } from "../../../cli/bench/goals";
import { KUBECTL } from "../../../cli/tools/kubernetes";
import { PATIENCE } from "../synth/repository";

jest.setTimeout(PATIENCE);

let folder: string;
let path: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-diff-"));
  path = process.env["PATH"];
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true, force: true });
});

function fake(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

test("our diff stands beside its peers, which do the same in the same run", async () => {
  fake("kubectl", `[ "$1" = version ] && echo '{"gitVersion": "${KUBECTL.version}"}' || : > "$4"`);
  fake("dyff", `[ "$1" = version ] && echo 'dyff version ${DYFF.version}' || echo "$@" >> ${folder}/dyff.log`);
  process.env["PATH"] = `${folder}:${path}`;
  const { sizes, peers, leftOut } = await measureDiffs(folder, [1, 2], { runs: 1, peers: true, progress: () => {} });
  expect(sizes.map(({ clusters }) => clusters)).toEqual([1, 2]);
  for (const { objects, folders, commits } of sizes)
    for (const figure of [objects, folders, commits]) expect(figure).toBeGreaterThan(0);
  expect(peers.map(({ name }) => name)).toEqual([
    "diff of 1 cluster / git diff --no-index",
    "diff of 1 cluster / git diff",
    "diff of 1 cluster / dyff",
    "diff of 1 cluster / kubectl kustomize twice + diff",
    "diff of 2 clusters / git diff --no-index",
    "diff of 2 clusters / git diff",
    "diff of 2 clusters / 2 serial dyff",
    "diff of 2 clusters / 2 serial kubectl kustomize twice + diff",
  ]);
  for (const { ours, peer, ratio } of peers)
    for (const figure of [ours, peer, ratio]) expect(figure).toBeGreaterThan(0);
  expect(leftOut).toEqual([]);
  // One run that counts and one that does not, of one cluster, then of two.
  expect(readFileSync(join(folder, "dyff.log"), "utf8").trim().split("\n")).toHaveLength(2 * 1 + 2 * 2);
});

test("goals say how long a person waits, and how long at most", async () => {
  const goals = await measureGoals(folder, 1, () => {}, 2);
  expect(goals.map(({ name, most }) => [name.replace(/of [\d,]+ objects/, "of N objects"), most])).toEqual([
    ["pull request: render, validate, diff", 3],
    ["diff of N objects: every object, alike on clusters that are alike", 10],
    ["diff of N objects: every object, on every cluster otherwise", undefined],
  ]);
  for (const { seconds } of goals) expect(seconds).toBeGreaterThan(0);
});

test("dyff is the version of its module", () => {
  expect(readFileSync("tools/dyff/go.mod", "utf8")).toContain(`\tgithub.com/homeport/dyff ${DYFF.version} //`);
});
