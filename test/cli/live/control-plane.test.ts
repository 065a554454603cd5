import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PORTS, type Ports, specsOf } from "../../../cli/live/control-plane";
import { kubeconfigOfAll, saveKubeconfig, writeIdentities } from "../../../cli/live/identities";
import { withRig } from "./rig";

const PROGRAMS = {
  etcd: "/bin/etcd",
  "kube-apiserver": "/bin/kube-apiserver",
  "kube-controller-manager": "/bin/kube-controller-manager",
  "kube-scheduler": "/bin/kube-scheduler",
};
const ports = Object.fromEntries(PORTS.map((name, index) => [name, 20_000 + index])) as Ports;
const specs = specsOf("app1", "/rig/app1", ports, PROGRAMS, {});

it("a control plane is four processes, storage first", () => {
  expect(specs.map(({ name, program }) => `${name} ${program}`)).toEqual([
    "app1-etcd /bin/etcd",
    "app1-apiserver /bin/kube-apiserver",
    "app1-controller-manager /bin/kube-controller-manager",
    "app1-scheduler /bin/kube-scheduler",
  ]);
});

it("nothing of it can be reached from elsewhere", () => {
  for (const { name, args } of specs) {
    const addresses = args.filter((arg) => /address|-urls=|-cluster=/.test(arg));
    expect([name, addresses.length > 0]).toEqual([name, true]);
    for (const arg of addresses) expect(arg).toMatch(/[=/]127\.0\.0\.1(:|$)/);
  }
});

it("its ports are its own", () => {
  const used = specs.flatMap(({ args }) =>
    args.flatMap((arg) => [...arg.matchAll(/(?::|port=)(2\d{4})/g)].map(([, n]) => n)),
  );
  expect([...new Set(used)].sort()).toEqual(["20000", "20001", "20002", "20003", "20004"]);
  expect(new Set(PORTS).size).toBe(PORTS.length);
});

it("it behaves as an older minor when asked to", () => {
  const [, apiserver] = specsOf("app1", "/rig/app1", ports, PROGRAMS, { emulatedVersion: "1.34" });
  expect(apiserver.args).toContain("--emulated-version=kube=1.34");
  expect(specs[1].args.join()).not.toContain("emulated");
});

it("who signs in has a token of their own, which no other person can read", () =>
  withRig((state) => {
    const folder = state.plane("app1");
    mkdirSync(join(folder, "pki"), { recursive: true });
    writeIdentities(folder, 20_443);
    const files = ["pki/sa.key", "pki/tokens.csv", "pki/admin.token", "kubeconfig", "kube-scheduler.kubeconfig"];
    for (const file of files) expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
    const rows = readFileSync(join(folder, "pki/tokens.csv"), "utf8").trim().split("\n");
    expect(rows.map((row) => row.split(",").slice(1).join())).toEqual([
      "admin,admin,system:masters",
      "system:kube-controller-manager,system:kube-controller-manager,system:authenticated",
      "system:kube-scheduler,system:kube-scheduler,system:authenticated",
    ]);
    expect(new Set(rows.map((row) => row.split(",")[0])).size).toBe(3);
  }));

it("one kubeconfig has a context for each cluster", () =>
  withRig((state) => {
    const planes = ["app1", "app2"].map((name, index) => {
      mkdirSync(join(state.plane(name), "pki"), { recursive: true });
      writeIdentities(state.plane(name), 20_443 + index);
      return { kubeconfig: join(state.plane(name), "kubeconfig") };
    });
    saveKubeconfig(state, planes);
    const config = JSON.parse(readFileSync(kubeconfigOfAll(state), "utf8")) as Record<string, { name: string }[]>;
    for (const part of ["clusters", "users", "contexts"]) {
      expect(config[part]?.map(({ name }) => name)).toEqual(["live-app1", "live-app2"]);
    }
    expect(config["current-context"]).toBe("live-app1");
  }));
