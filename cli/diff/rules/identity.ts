import { isJson, valueAt } from "../../validate/types";
import { kindOf, pairAt } from "../entry";
import type { Check, RuleDocs } from "./rule";
import { isDeleted, isGone, listed, pathsUnder, shown } from "./values";

/** Who acts in Azure, and where secrets come from. */
export const IDENTITY = {
  "identity/subject": {
    severity: "danger",
    title: "The subject of a federated identity changes",
    doc: "Azure trusts `system:serviceaccount:<namespace>:<name>` to the letter: under another name or namespace every token is refused (AADSTS70021). Change the identity in clusters/fleet.ts too, and run the infra program first.",
  },
  "identity/gone": {
    severity: "warning",
    title: "A service account that acts in Azure goes",
    doc: "Its federated credential and roles stay in Azure until the infra program drops them: take it out of the fleet's identities too.",
  },
  "identity/client": {
    severity: "danger",
    title: "A service account acts as another identity, or as none",
    doc: "Its annotation azure.workload.identity/client-id or tenant-id differs. The other identity must trust this subject and hold the same roles.",
  },
  "identity/label": {
    severity: "danger",
    title: "Pods get no token for Azure any more",
    doc: 'The label azure.workload.identity/use: "true" goes; the webhook leaves such pods alone. Source: azure.github.io/azure-workload-identity.',
  },
  "identity/account": {
    severity: "warning",
    title: "Pods run as another service account",
    doc: "Their rights in the cluster and in Azure are that account's.",
  },
  "secrets/source": {
    severity: "warning",
    title: "Secrets come from elsewhere, or others come",
    doc: "Vault, tenant, identity or the list of objects differs. Pods mount it when they start: a name that the vault lacks keeps them from starting.",
  },
} as const satisfies RuleDocs;

const CLIENT = "azure.workload.identity/client-id";
const LABEL = "azure.workload.identity/use";

/** Looks at service accounts, pods and secret stores. */
export const identity: Check = (delta, world, report) => {
  switch (kindOf(delta.ref)) {
    case "/ServiceAccount":
      return account(delta, world, report);
    case "secrets-store.csi.x-k8s.io/SecretProviderClass":
    case "external-secrets.io/SecretStore":
    case "external-secrets.io/ClusterSecretStore":
    case "external-secrets.io/ExternalSecret":
    case "external-secrets.io/PushSecret": {
      const paths = pathsUnder(delta, "spec");
      if (delta.before && delta.after && paths.length > 0) report("secrets/source", `${listed(paths)} differ`, paths);
      return;
    }
    default:
      return podsOf(delta, world, report);
  }
};

const account: Check = (delta, world, report) => {
  const { before, after } = delta;
  const annotated = (content: unknown) => valueAt(content, "metadata", "annotations", CLIENT) !== undefined;
  if (before && isGone(delta) && annotated(before.content)) {
    const subject = `system:serviceaccount:${before.ref.namespace}:${before.ref.name}`;
    if (isDeleted(delta, world)) report("identity/gone", `${subject} is gone`);
    if (delta.status === "renamed") {
      const now = `system:serviceaccount:${delta.ref.namespace}:${delta.ref.name}`;
      report("identity/subject", `${subject} becomes ${now}`, ["metadata.name"]);
    }
  }
  if (!before || !after || delta.status === "renamed") return;
  for (const name of [CLIENT, "azure.workload.identity/tenant-id"]) {
    const [was, is] = pairAt(delta, "metadata", "annotations", name);
    if (was !== undefined && was !== is)
      report(
        "identity/client",
        `${name} goes from ${shown(was)} to ${shown(is)}`,
        pathsUnder(delta, `metadata.annotations["${name}"]`),
      );
  }
};

const podsOf: Check = (delta, _world, report) => {
  if (!delta.before || !delta.after) return;
  const places: readonly (readonly string[])[] = [
    ["spec", "template"],
    ["spec", "jobTemplate", "spec", "template"],
  ];
  for (const place of places) {
    const [old, now] = pairAt(delta, ...place);
    if (!isJson(old) || !isJson(now)) continue;
    const text = place.join(".");
    if (valueAt(old, "metadata", "labels", LABEL) === "true" && valueAt(now, "metadata", "labels", LABEL) !== "true") {
      report("identity/label", `label ${LABEL} is gone`, pathsUnder(delta, `${text}.metadata.labels`));
    }
    const [was, is] = [old, now].map((template) =>
      String(valueAt(template, "spec", "serviceAccountName") ?? "default"),
    );
    if (was !== is) report("identity/account", `goes from ${was} to ${is}`, [`${text}.spec.serviceAccountName`]);
  }
};
