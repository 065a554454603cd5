import { type LiveReport, readable } from "../../../cli/live/report";

const REPORT: LiveReport = {
  fleet: "default",
  commit: "0123456789abcdef",
  arrivals: [
    { cluster: "app1", component: "root", ready: true, message: "", objects: ["a", "b"], seconds: 1.25 },
    { cluster: "app1", component: "namespaces", ready: true, message: "", objects: [], seconds: 12 },
  ],
  missing: [],
  phases: [
    { name: "programs", from: 0, seconds: 0.04 },
    { name: "Git server", from: 0.04, seconds: 10.06, memory: 512 },
  ],
  memory: { "app1-etcd": 1024, "git-server": 512 },
  standIns: ["kiali: a chart of one Deployment in its place"],
  seconds: 80.04,
};

it("a person gets a table of what is Ready, how long what took, and what is not the real thing", () => {
  expect(readable(REPORT)).toBe(
    `CLUSTER  COMPONENT   STATE  OBJECTS  SECONDS
app1     root        Ready        2      1.3
app1     namespaces  Ready        0     12.0

PHASE       FROM  SECONDS   MEMORY
programs     0.0      0.0
Git server   0.0     10.1  0.5 GiB

Not the real thing here:
  kiali: a chart of one Deployment in its place

default at 0123456: 2 Ready in 80.0 s; 1.5 GiB of memory`,
  );
});

it("what is not Ready stands below what is", () => {
  const text = readable({ ...REPORT, missing: ["app1/workloads: denied"] }, { brief: true });
  expect(text).toMatch(
    /namespaces +Ready .*\n\nNot Ready:\n {2}app1\/workloads: denied\n\ndefault at 0123456: 2 Ready in/,
  );
});

it("how it came up is not told again", () => {
  expect(readable(REPORT, { brief: true })).not.toMatch(/PHASE|real thing/);
});
