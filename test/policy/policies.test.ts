import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdk8s";
import { load } from "js-yaml";
import { KyvernoPolicies } from "../../base/kyverno-policies";
import type { KubernetesObject } from "../../base/object";
import { KYVERNO } from "../../cli/tools/kyverno";
import { CRD_MODULES } from "../../clusters/versions";
import { PRESETS, rendered } from "../helpers/fleet";
import { objectsOf } from "../helpers/render";
import { findKyverno, judge, mayFindKyverno } from "./kyverno";

const FIXTURES = __dirname;
const REGISTRY = "acrk8sdemo.azurecr.io";
const WORKLOADS = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];
const POLICIES = [
  "disallow-privileged-containers",
  "require-labels",
  "require-resource-limits",
  "restrict-image-registries",
] as const;
/** What a message must say, so that a reader knows what to do. */
const FIX: Readonly<Record<(typeof POLICIES)[number], RegExp>> = {
  "disallow-privileged-containers": /remove securityContext\.privileged/,
  "require-labels": /set it in the pod template's metadata\.labels/,
  "require-resource-limits": /set requests\.cpu, requests\.memory, limits\.cpu, limits\.memory/,
  "restrict-image-registries": /az acr import --name acrk8sdemo .* then use acrk8sdemo\.azurecr\.io\//,
};

const policies = objectsOf(new KyvernoPolicies(new App(), { registry: REGISTRY }));

let kyverno: string | undefined;
beforeAll(async () => {
  kyverno = await findKyverno();
}, 1_800_000);

/** A check that takes the program. */
function check(name: string, run: (program: string) => Promise<void>): void {
  (mayFindKyverno() ? it : it.skip)(name, async () => {
    if (kyverno) await run(kyverno);
  });
}

describe.each(POLICIES)("%s", (policy) => {
  const own = policies.filter(({ metadata }) => metadata.name === policy);

  it.each(["good", "bad"])("has %s fixtures, each one object under its file's name", (side) => {
    expect(fixtures(policy, side).length).toBeGreaterThan(0);
    for (const { file, object } of fixtures(policy, side)) expect(`${object.metadata.name}.yaml`).toBe(file);
  });

  check("admits every good fixture, and looks at none in an excluded namespace", async (program) => {
    const verdicts = await judge(program, own, folder(policy, "good"));
    expect(verdicts.filter(({ result }) => result !== "pass")).toEqual([]);
    expect([...verdicts.map(({ name }) => `${name}.yaml`), "excluded-namespace.yaml"].sort()).toEqual(
      fixtures(policy, "good").map(({ file }) => file),
    );
  });

  check("refuses every bad fixture, and says what to do", async (program) => {
    const verdicts = await judge(program, own, folder(policy, "bad"));
    const refused = verdicts.filter(({ result }) => result === "fail");
    expect(refused.map(({ name }) => `${name}.yaml`).sort()).toEqual(fixtures(policy, "bad").map(({ file }) => file));
    for (const { message } of refused) expect(message).toMatch(FIX[policy]);
  });
});

describe.each(PRESETS)("the workloads of the fleet %s", (_, fleet) => {
  const guarded = [...rendered(fleet).values()].filter(({ ofKind }) => ofKind("ValidatingPolicy").length > 0);

  it("run on at least one cluster with policies", () => {
    expect(guarded.flatMap(({ objects }) => objects.filter(isWorkload))).not.toEqual([]);
  });

  check("pass every policy of their cluster", async (program) => {
    for (const { objects, ofKind } of guarded) {
      const rules = ofKind("ValidatingPolicy");
      const workloads = objects.filter(isWorkload);
      const verdicts = await judge(program, rules, workloads);
      expect(verdicts.filter(({ result }) => result !== "pass")).toEqual([]);
      expect(verdicts).toHaveLength(rules.length * workloads.length);
    }
  });
});

it("the command line, its module and the CRDs are of one version", () => {
  const goMod = readFileSync(join(__dirname, "../../tools/kyverno/go.mod"), "utf8");
  expect(/github\.com\/kyverno\/kyverno (v\S+)/.exec(goMod)?.[1]).toBe(KYVERNO.version);
  expect(CRD_MODULES["github.com/kyverno/kyverno"]).toBe(KYVERNO.version);
});

function isWorkload({ kind }: KubernetesObject): boolean {
  return WORKLOADS.includes(kind);
}

function folder(policy: string, side: string): string {
  return join(FIXTURES, policy, side);
}

function fixtures(policy: string, side: string): readonly { file: string; object: KubernetesObject }[] {
  return readdirSync(folder(policy, side))
    .sort()
    .map((file) => ({
      file,
      object: load(readFileSync(join(folder(policy, side), file), "utf8")) as KubernetesObject,
    }));
}
