import { type Delta, kindOf } from "./entry";
import type { FieldChange } from "./model";
import { isUnder } from "./values";

/** What a certificate is made of; the rest of a Certificate says where it is put and when it is renewed. Source: cert-manager, pkg/util/pki `RequestMatchesSpec`. */
const OF_THE_CERTIFICATE = [
  "commonName",
  "dnsNames",
  "emailAddresses",
  "encodeUsagesInRequest",
  "ipAddresses",
  "isCA",
  "issuerRef",
  "literalSubject",
  "nameConstraints",
  "otherNames",
  "privateKey.algorithm",
  "privateKey.encoding",
  "privateKey.size",
  "secretName",
  "subject",
  "uris",
  "usages",
  "duration",
].map((name) => `spec.${name}`);

/** The fields of a change that make cert-manager issue a certificate anew. */
export function certificateFields(delta: Delta): readonly FieldChange[] {
  if (kindOf(delta.ref) !== "cert-manager.io/Certificate" || !delta.before || !delta.after) return [];
  return delta.fields.filter(({ path }) => OF_THE_CERTIFICATE.some((field) => isUnder(path, field)));
}
