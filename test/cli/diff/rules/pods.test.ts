import { object } from "../trees";
import { change, DEPLOYMENT, pod, testRules } from "./cases";

const secure = (patch: object) => pod({}, { securityContext: patch });
const account = object("v1", "ServiceAccount", { automountServiceAccountToken: false });

testRules("What pods may do to their node", {
  "security/privileged": { hit: [secure({ privileged: true })], miss: [secure({ privileged: false })] },
  "security/host-access": {
    hit: [
      pod({ hostNetwork: true }),
      pod({ hostPID: true }),
      pod({ hostIPC: true }),
      pod({ volumes: [{ name: "a", hostPath: { path: "/" } }] }),
      pod({}, { ports: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    miss: [
      pod({ hostNetwork: false }),
      pod({ volumes: [{ name: "a", emptyDir: {} }] }),
      pod({}, { ports: [{ containerPort: 80 }] }),
    ],
  },
  "security/capabilities": {
    hit: [
      secure({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
      secure({ capabilities: { drop: [] } }),
      secure({ capabilities: undefined }),
    ],
    miss: [secure({ capabilities: { drop: ["ALL", "NET_RAW"] } })],
  },
  "security/root": {
    hit: [
      pod({ securityContext: { runAsNonRoot: false } }),
      pod({ securityContext: { runAsNonRoot: undefined } }),
      secure({ runAsUser: 0 }),
      secure({ runAsNonRoot: false }),
    ],
    miss: [secure({ runAsNonRoot: true }), secure({ runAsUser: 1000 })],
  },
  "security/escalation": {
    hit: [secure({ allowPrivilegeEscalation: true }), secure({ allowPrivilegeEscalation: undefined })],
    miss: [secure({ runAsUser: 1000 })],
  },
  "security/confinement": {
    hit: [
      pod({ securityContext: { seccompProfile: undefined } }),
      secure({ seccompProfile: { type: "Unconfined" } }),
      secure({ readOnlyRootFilesystem: false }),
    ],
    miss: [secure({ seccompProfile: { type: "RuntimeDefault" } })],
  },
  "security/token": {
    hit: [
      pod({ automountServiceAccountToken: true }),
      pod({ automountServiceAccountToken: undefined }),
      change(account, { automountServiceAccountToken: undefined }),
    ],
    miss: [pod({ hostNetwork: false }), [undefined, DEPLOYMENT]],
  },
});
