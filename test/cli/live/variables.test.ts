import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { currentVariables, keepVariables, provisionedVariables, variablesIn } from "../../../cli/live/variables";
import { script } from "../folder";
import { withPrograms } from "../programs";
import { ROOT } from "../synth/repository";
import { withRig } from "./rig";

const CONFIGURATION = {
  type: "azure-native:kubernetesconfiguration:FluxConfiguration",
  inputs: { clusterName: "aks-app2", kustomizations: { root: { postBuild: { substitute: { TENANT: "t" } } } } },
};

it("other resources, and configurations without variables, give none", () => {
  const plain = { ...CONFIGURATION, inputs: { clusterName: "aks-mgmt", kustomizations: { root: {} } } };
  expect(variablesIn([{ type: "azure-native:network:VirtualNetwork", inputs: {} }, plain, CONFIGURATION])).toEqual({
    mgmt: {},
    app2: { TENANT: "t" },
  });
});

describe("the run of the infra program", () => {
  const PACKAGES = { "infra/node_modules/@pulumi/x": "" };
  const NPM = script(`printf '%s\\n' "$*" >> "$PWD/asked"
while [ "$1" != --output ]; do shift; done
echo '{"resources": [${JSON.stringify(CONFIGURATION)}]}' > "$2"`);

  /** Works in a repository with a small npm of its own. */
  const withNpm = (npm: string, work: (root: string) => Promise<void>, files = PACKAGES as Record<string, string>) =>
    withPrograms({ ...files, "bin/npm": npm }, async (root) => {
      const path = process.env["PATH"];
      process.env["PATH"] = `${root}/bin:${path}`;
      try {
        await work(root);
      } finally {
        process.env["PATH"] = path;
      }
    });

  it("gives them, for the fleet that is asked for", () =>
    withNpm(NPM, async (root) => {
      expect(await provisionedVariables(root, "demo")).toEqual({ app2: { TENANT: "t" } });
    }));

  it("is not tried without its packages", () =>
    withNpm(
      NPM,
      (root) => expect(provisionedVariables(root, "demo")).rejects.toThrow("Fix: npm ci --prefix infra"),
      {},
    ));

  it("that fails is an error with its words", () =>
    withNpm(script("echo 'clusters[0]: no such zone' >&2; exit 2"), (root) =>
      expect(provisionedVariables(root, "demo")).rejects.toThrow(
        "the infra program did not run: clusters[0]: no such zone",
      ),
    ));

  it("is not repeated while what it is made of is the same", () =>
    withNpm(NPM, (root) =>
      withRig(async (state) => {
        const asked = async () => {
          const kept = await currentVariables(state, root, "demo");
          keepVariables(state, kept);
          expect(kept.variables).toEqual({ app2: { TENANT: "t" } });
          return readFileSync(join(root, "asked"), "utf8").trim().split("\n").length;
        };
        expect([await asked(), await asked()]).toEqual([1, 1]);
        writeFileSync(join(root, "infra", "index.ts"), "// edited");
        expect([await asked(), await asked()]).toEqual([2, 2]);
      }),
    ));

  it("is an ordinary script of the infra program", () => {
    const { scripts } = require(join(ROOT, "infra", "package.json")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toContain("record");
  });
});
