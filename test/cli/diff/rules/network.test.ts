import { object } from "../trees";
import { change, testRules } from "./cases";

const peer = { podSelector: { matchLabels: { app: "a" } } };
const port = { protocol: "TCP", port: 80 };
const policy = (spec: object) =>
  object("networking.k8s.io/v1", "NetworkPolicy", {
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ...spec },
  });
const block = (cidr: string, except?: readonly string[]) =>
  policy({ ingress: [{ from: [{ ipBlock: { cidr, ...(except ? { except } : {}) } }] }] });
const service = (ranges: readonly string[] | undefined) =>
  object("v1", "Service", { spec: { type: "LoadBalancer", ...(ranges ? { loadBalancerSourceRanges: ranges } : {}) } });
const allowed = "service.beta.kubernetes.io/azure-allowed-ip-ranges";
const annotated = object("v1", "Service", {
  metadata: { annotations: { [allowed]: "10.0.0.0/16,192.168.0.0/24" } },
  spec: {},
});

testRules("Who reaches whom on the network", {
  "network/policy-removed": { hit: [[policy({}), undefined]], miss: [[undefined, policy({})]] },
  "network/policy-wider": {
    hit: [
      [policy({}), policy({ ingress: [{ from: [peer] }] })],
      [policy({}), policy({ policyTypes: ["Ingress"] })],
      [policy({}), policy({ podSelector: { matchLabels: { app: "a" } } })],
      [policy({ ingress: [{ from: [peer], ports: [port] }] }), policy({ ingress: [{ from: [peer] }] })],
      [policy({ ingress: [{ from: [peer], ports: [port] }] }), policy({ ingress: [{ ports: [port] }] })],
      [block("10.0.0.0/16"), block("10.0.0.0/8")],
      [block("10.0.0.0/8", ["10.1.0.0/16"]), block("10.0.0.0/8")],
    ],
    miss: [
      [policy({ ingress: [{ from: [peer] }] }), policy({})],
      [policy({ ingress: [{ from: [peer] }] }), policy({ ingress: [{ from: [peer], ports: [port] }] })],
      [block("10.0.0.0/8"), block("10.0.0.0/16")],
      [
        policy({ ingress: [{ from: [peer], ports: [{ port: 80 }] }] }),
        policy({ ingress: [{ from: [peer], ports: [port] }] }),
      ],
      [undefined, policy({})],
    ],
  },
  "network/policy-stricter": {
    hit: [
      [undefined, policy({})],
      [block("10.0.0.0/8"), block("10.0.0.0/16")],
    ],
    miss: [[policy({}), policy({ ingress: [{ from: [peer] }] })]],
  },
  "network/allow-list-wider": {
    hit: [
      [service(["10.0.0.0/16"]), service(["10.0.0.0/8"])],
      [service(["10.0.0.0/16"]), service(["10.0.0.0/16", "11.0.0.0/16"])],
      [service(["10.0.0.0/16"]), service(undefined)],
      change(annotated, { metadata: { annotations: { [allowed]: "10.0.0.0/16,192.168.0.0/16" } } }),
    ],
    miss: [
      [service(["10.0.0.0/8"]), service(["10.1.0.0/16"])],
      [service(undefined), service(["10.0.0.0/8"])],
      change(annotated, { metadata: { annotations: { [allowed]: "10.0.0.0/16" } } }),
    ],
  },
});
