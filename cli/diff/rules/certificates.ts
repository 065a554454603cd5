import { valueAt } from "../../validate/types";
import { certificateFields } from "../certificates";
import { kindOf, pairAt } from "../entry";
import type { Check, RuleDocs } from "./rule";
import { listed, newIn, pathsUnder, shown, textsAt } from "./values";

/** Certificates and who issues them. */
export const CERTIFICATES = {
  "certificate/reissued": {
    severity: "warning",
    title: "A certificate is issued anew",
    doc: "cert-manager asks its issuer for a new one and puts it into the Secret; the gateway reads it without a restart. Public issuers limit how many there are in a week.",
  },
  "certificate/name-removed": {
    severity: "danger",
    title: "A certificate covers fewer names",
    doc: "Clients of the name see an invalid certificate as soon as the new one is there.",
  },
  "certificate/secret-renamed": {
    severity: "danger",
    title: "A certificate moves to another Secret",
    doc: "What reads the old Secret keeps an old certificate that nobody renews. Change its readers in the same change.",
  },
  "certificate/issuer": {
    severity: "danger",
    title: "A certificate comes from another issuer",
    doc: "Staging and private issuers are trusted by no browser. Clients that pin the old issuer fail.",
  },
  "certificate/issuer-changed": {
    severity: "warning",
    title: "An issuer differs",
    doc: "Its account, server, key or solver: renewals go the new way, and a wrong one is noticed only when a certificate expires.",
  },
} as const satisfies RuleDocs;

/** Looks at certificates and issuers that differ. */
export const certificates: Check = (delta, _world, report) => {
  if (!delta.before || !delta.after) return;
  if (kindOf(delta.ref) !== "cert-manager.io/Certificate") {
    const paths = pathsUnder(delta, "spec");
    if (/^cert-manager\.io\/(Cluster)?Issuer$/.test(kindOf(delta.ref)) && paths.length > 0)
      report("certificate/issuer-changed", `${listed(paths)} differ`, paths);
    return;
  }
  const paths = certificateFields(delta).map(({ path }) => path);
  if (paths.length > 0) report("certificate/reissued", `${listed(paths)} differ`, paths);
  const lost = newIn(
    textsAt(delta.after.content, "spec", "dnsNames"),
    textsAt(delta.before.content, "spec", "dnsNames"),
  ).filter((name) => !isCovered(name, textsAt(delta.after?.content, "spec", "dnsNames")));
  if (lost.length > 0) report("certificate/name-removed", `no longer covers ${listed(lost)}`, ["spec.dnsNames"]);
  const [secret, nowSecret] = pairAt(delta, "spec", "secretName");
  if (secret !== nowSecret)
    report("certificate/secret-renamed", `is put into ${shown(nowSecret)} in place of ${shown(secret)}`, [
      "spec.secretName",
    ]);
  const [issuer, nowIssuer] = pairAt(delta, "spec", "issuerRef").map(
    (ref) => `${shown(valueAt(ref, "kind") ?? "Issuer")} ${shown(valueAt(ref, "name"))}`,
  );
  if (issuer !== nowIssuer)
    report("certificate/issuer", `comes from ${nowIssuer} in place of ${issuer}`, pathsUnder(delta, "spec.issuerRef"));
};

function isCovered(name: string, names: readonly string[]): boolean {
  return names.includes(`*${name.slice(name.indexOf("."))}`);
}
