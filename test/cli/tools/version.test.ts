import { CRANE } from "../../../cli/tools/crane";
import type { PinnedTool } from "../../../cli/tools/find";
import { SOURCE_CONTROLLER } from "../../../cli/tools/flux";
import { HELM } from "../../../cli/tools/helm";
import { KARPENTER_KWOK } from "../../../cli/tools/karpenter";
import { KUBE_SCHEDULER, KUBECTL } from "../../../cli/tools/kubernetes";
import { KWOK } from "../../../cli/tools/kwok";
import { KYVERNO, KYVERNO_ADMISSION_CONTROLLER } from "../../../cli/tools/kyverno";
import { sameMinor } from "../../../cli/tools/version";
import { script } from "../folder";
import { withPrograms } from "../programs";

/** Asks a program, played by a script, for its version; `go` plays Go. */
function ask(tool: PinnedTool, program: string, go?: string): Promise<string | undefined> {
  return withPrograms({ "bin/program": program, ...(go === undefined ? {} : { "bin/go": go }) }, (root) =>
    tool.versionOf(`${root}/bin/program`, { root, env: { PATH: `${root}/bin` }, note: () => {} }),
  );
}

/** A program that answers one question only. */
const answers = (question: string, answer: string) =>
  script(`[ "$*" = '${question}' ] || exit 9\nprintf '%s\\n' '${answer}'`);

/** Go, telling what a program was built from. */
const builtFrom = (...lines: readonly string[]) =>
  script(
    `[ "$1 $2" = "version -m" ] || exit 9\nprintf '%s\\n' "$3: go1.26.8" ${lines.map((line) => `'\t${line}'`).join(" ")}`,
  );

describe("programs that say their version", () => {
  test.each<[PinnedTool, string, string, string]>([
    [KUBE_SCHEDULER, "--version", "Kubernetes v1.35.4", "v1.35.4"],
    [
      KUBECTL,
      "version --client --output=json",
      '{"clientVersion": {"major": "1", "gitVersion": "v1.32.4-x"}}',
      "v1.32.4-x",
    ],
    [KWOK, "--version", "kwok version v0.8.0 go1.26.8 (linux/amd64)", "v0.8.0"],
    [HELM, "version --template {{.Version}}", "v3.22.0", "v3.22.0"],
    [CRANE, "version", "0.22.1", "v0.22.1"],
    [CRANE, "version", "v0.22.1", "v0.22.1"],
    [KYVERNO, "version", "Version: 1.19.0\nTime: ---", "v1.19.0"],
  ])("%j", async (tool, question, answer, version) => {
    expect(await ask(tool, answers(question, answer))).toBe(version);
  });

  test.each<[string, PinnedTool, string]>([
    ["Karpenter's kwok", KWOK, script("echo 'flag provided but not defined: -version' >&2; exit 2")],
    ["Kyverno's admission controller", KYVERNO, script('echo \'{"level":"info"}\'; exit 1')],
    ["Helm without its patch", HELM, script("echo v3.22")],
    ["crane without a version", CRANE, script("echo '(devel)'")],
  ])("%s is not taken for the pinned program", async (_, tool, program) => {
    await expect(ask(tool, program)).rejects.toThrow(/names no version/);
  });
});

describe("programs that cannot say it", () => {
  const program = script("echo must not be started >&2; exit 9");
  const flux = (...lines: readonly string[]) => ask(SOURCE_CONTROLLER, program, builtFrom(...lines));
  const MAIN = "github.com/fluxcd/source-controller";

  it("are asked by Go for the module they are from", async () => {
    expect(await flux(`path\t${MAIN}`, `mod\t${MAIN}\tv1.9.4\th1:x=`)).toBe("v1.9.4");
    expect(
      await flux(
        `path\t${MAIN}`,
        "mod\taks-fleet/tools/x\t(devel)",
        `dep\t${MAIN}/api\tv1.9.0\th1:x=`,
        `dep\t${MAIN}\tv1.9.4\th1:x=`,
      ),
    ).toBe("v1.9.4");
  });

  it("have the version of the module that the package is in", async () => {
    const karpenter = builtFrom("path\tsigs.k8s.io/karpenter/kwok", "dep\tsigs.k8s.io/karpenter\tv1.14.1\th1:x=");
    expect(await ask(KARPENTER_KWOK, program, karpenter)).toBe("v1.14.1");
    const kyverno = builtFrom(
      "path\tgithub.com/kyverno/kyverno/cmd/kyverno",
      "mod\tgithub.com/kyverno/kyverno\tv1.19.0+dirty\t",
    );
    expect(await ask(KYVERNO_ADMISSION_CONTROLLER, program, kyverno)).toBe("v1.19.0+dirty");
  });

  it("are of unknown version when built from a work tree, or where Go cannot tell or is not there", async () => {
    expect(await flux(`path\t${MAIN}`, `mod\t${MAIN}\t(devel)\t`)).toBeUndefined();
    expect(await ask(SOURCE_CONTROLLER, program, script("exit 1"))).toBeUndefined();
    expect(await ask(SOURCE_CONTROLLER, program)).toBeUndefined();
  });

  it("are not the pinned program when Go knows another main package", async () => {
    const kwok = builtFrom("path\tsigs.k8s.io/kwok/cmd/kwok", "mod\tsigs.k8s.io/kwok\tv0.8.0\th1:x=");
    await expect(ask(KARPENTER_KWOK, program, kwok)).rejects.toThrow(
      "it is sigs.k8s.io/kwok/cmd/kwok, not sigs.k8s.io/karpenter/kwok",
    );
  });
});

test.each([
  ["v1.35.4", "v1.35.0", true],
  ["v1.35.4", "v1.36.4", false],
  ["v1.35.4", "v2.35.4", false],
  ["v1.35", "v1.35", false],
  ["development", "development", false],
])("%s and %s are of one minor: %s", (one, two, same) => expect(sameMinor(one, two)).toBe(same));
