import { object, patched } from "../trees";
import { change, DEPLOYMENT, pod, testRules } from "./cases";

const account = object("v1", "ServiceAccount", {
  metadata: { annotations: { "azure.workload.identity/client-id": "${IT_CLIENT_ID}" } },
});
const plain = object("v1", "ServiceAccount", {});
const labelled = patched(DEPLOYMENT, {
  spec: { template: { metadata: { labels: { "azure.workload.identity/use": "true" } } } },
});
const secrets = object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {
  spec: { parameters: { keyvaultName: "a" } },
});
const annotation = (value: string | undefined) => ({
  metadata: { annotations: { "azure.workload.identity/client-id": value } },
});

testRules("Who acts in Azure, and where secrets come from", {
  "identity/subject": {
    hit: [
      [account, patched(account, { metadata: { name: "other" } })],
      [account, patched(account, { metadata: { namespace: "other" } })],
    ],
    miss: [
      [plain, patched(plain, { metadata: { name: "other" } })],
      [account, undefined],
    ],
  },
  "identity/gone": { hit: [[account, undefined]], miss: [[plain, undefined]] },
  "identity/client": {
    hit: [change(account, annotation("${OTHER}")), change(account, annotation(undefined))],
    miss: [change(plain, annotation("${IT_CLIENT_ID}"))],
  },
  "identity/label": { hit: [[labelled, DEPLOYMENT]], miss: [[DEPLOYMENT, labelled]] },
  "identity/account": { hit: [pod({ serviceAccountName: "other" })], miss: [pod({ hostNetwork: true })] },
  "secrets/source": {
    hit: [change(secrets, { spec: { parameters: { keyvaultName: "b" } } })],
    miss: [change(secrets, { metadata: { labels: { a: "b" } } })],
  },
});
