import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Plane } from "../../cli/live/plane";
import { killProcess, restartProcess } from "../../cli/live/processes";
import type { LiveReport } from "../../cli/live/report";
import { stateFolder } from "../../cli/live/state";
import { takeDown } from "../../cli/live/up";
import { until } from "../../cli/live/wait";
import { runProgram } from "../../cli/tools/process";
import { eventsOn, kubeconfigFor, objectsOn, somebodysCluster, theirsOn, worksMeanwhile } from "./existing/somebody";
import { measured } from "./measures";
import { FULL, place, ROOT } from "./place";

const CLUSTER = "app2";
const PART = "existing cluster";

(FULL ? describe : describe.skip)("on a cluster that exists (full run)", () => {
  const theirs = stateFolder(`${place().path}-theirs`);
  const own = stateFolder(`${place().path}-existing`);
  let plane: Plane;
  let before: Readonly<Record<string, string>>;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    await takeDown(own, { forget: true });
    await takeDown(theirs);
    plane = await somebodysCluster(theirs, "theirs");
    const kubeconfig = kubeconfigFor(plane, `rig-${CLUSTER}`);
    env = { ...process.env, LIVE_STATE: own.path, USE_EXISTING_CLUSTER: "true", KUBECONFIG: kubeconfig };
  });

  beforeEach(async () => {
    before = await objectsOn(plane);
  });

  afterEach(() => command("live-down"));
  afterAll(async () => {
    await takeDown(own, { forget: true });
    await takeDown(theirs);
  });

  const command = (name: string, ...args: readonly string[]) =>
    runProgram(process.execPath, ["cli/run.cjs", name, ...args], { cwd: ROOT, env, timeout: 600_000 });

  /** Runs a bring-up until Flux is on the cluster. */
  const begun = async () => {
    const child = spawn(process.execPath, ["cli/run.cjs", "live", "--clusters", CLUSTER], {
      cwd: ROOT,
      env,
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    await until("Flux's account", () => plane.client.get("v1", "ServiceAccount", "flux-applier", "flux-system"));
    return { child, ended };
  };

  it("all becomes Ready beside what is there, and goes without a trace; all else stays as it was", async () => {
    const untouched = await theirsOn(plane);
    const up = await command("live", "--clusters", CLUSTER, "--json", "-");
    const report = JSON.parse(up.stdout || "{}") as LiveReport;
    expect({ code: up.code, missing: report.missing }).toEqual({ code: 0, missing: [] });
    expect(report.standIns[0]).toMatch(new RegExp(`^${CLUSTER} is the cluster of the context rig-${CLUSTER}`));
    expect(Object.keys(report.memory).filter((name) => /etcd|apiserver|manager|scheduler/.test(name))).toEqual([]);
    measured(PART, `${CLUSTER}: to all Ready`, report.seconds, "s");
    await admits();
    await leavesNodesAlone();
    const agents = (await plane.client.list("v1", "Pod", "kube-system", "app=agent")).length;
    expect(agents).toBe((await plane.client.list("v1", "Node")).length);
    const part = await worksMeanwhile(plane);
    const made = Object.entries(await objectsOn(plane)).filter(([name]) => name.includes(part));

    const started = performance.now();
    const down = await command("live-down");
    expect({ code: down.code, said: down.stderr }).toMatchObject({
      code: 0,
      said: expect.stringMatching(/Removed \d+/),
    });
    measured(
      PART,
      `${CLUSTER}: removal of ${Number(/Removed (\d+)/.exec(down.stderr)?.[1])} objects`,
      (performance.now() - started) / 1000,
      "s",
    );
    await expectAsBefore(Object.fromEntries(made));
    expect(await theirsOn(plane)).toEqual(untouched);
  });

  it("a bring-up that is interrupted leaves nothing there", async () => {
    const { child, ended } = await begun();
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(130);
    await expectAsBefore();
  });

  it("what a bring-up has left that was killed goes at the end, once the cluster answers", async () => {
    const { child, ended } = await begun();
    child.kill("SIGKILL");
    await ended;
    await killProcess(theirs, "theirs-apiserver");
    const refused = await command("live-down");
    expect({ code: refused.code, said: refused.stderr }).toEqual({
      code: 2,
      said: expect.stringContaining(`rig-${CLUSTER}: the API server does not answer`),
    });
    restartProcess(theirs, "theirs-apiserver");
    await until("the API server again", () => plane.client.isReady());
    expect((await command("live-down")).code).toBe(0);
    await expectAsBefore();
  });

  /** Kyverno's webhooks are asked: it is a plain process beside a plain process. */
  async function admits() {
    const spec = { containers: [{ name: "bad", image: "nginx:latest" }] };
    const bad = { apiVersion: "v1", kind: "Pod", metadata: { name: "bad", namespace: "default" }, spec };
    await expect(plane.client.create(bad, { dryRun: true })).rejects.toThrow(/admission webhook/);
  }

  async function leavesNodesAlone() {
    const node = await plane.client.get("v1", "Node", "real");
    const pod = await plane.client.get("v1", "Pod", "theirs", "somebody");
    const conditions = (node?.status?.["conditions"] ?? []) as { type: string; status: string }[];
    expect(conditions.filter(({ status }) => status === "True")).toEqual([]);
    expect(pod?.status?.["phase"]).toBe("Pending");
    expect(await plane.client.get("coordination.k8s.io/v1", "Lease", "real", "kube-node-lease")).toBeUndefined();
  }

  /** Also what the cluster itself clears up has gone a moment later. */
  async function expectAsBefore(more: Readonly<Record<string, string>> = {}) {
    const wanted = Object.entries({ ...before, ...more }).map(([name, uid]) => `${name} ${uid}`);
    const difference = async () => {
      const now = Object.entries(await objectsOn(plane)).map(([name, uid]) => `${name} ${uid}`);
      return { left: now.filter((each) => !wanted.includes(each)), gone: wanted.filter((each) => !now.includes(each)) };
    };
    const isSo = async () => Object.values(await difference()).every((names) => names.length === 0);
    await until("the cluster as it was", isSo, { timeout: 15_000 }).catch(() => {});
    expect(await difference()).toEqual({ left: [], gone: [] });
    expect((await eventsOn(plane)).filter((about) => /^Node \/(aks|spot)-/.test(about))).toEqual([]);
  }
});
