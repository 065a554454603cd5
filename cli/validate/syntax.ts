/**
 * The forms of names that the API server takes, with its own limits (k8s.io/apimachinery pkg/util/validation). Each returns what is
 * wrong, or undefined.
 */
export type Syntax = (text: string) => string | undefined;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const DNS = "lower-case letters, digits and dashes, with a letter or digit at both ends";

/** A DNS-1123 label: names of namespaces, containers, volumes. */
export const dnsLabel: Syntax = (text) => shorter(text, 63) ?? fits(text, LABEL, `must consist of ${DNS}`);

/** A DNS-1035 label: names of services. */
export const serviceName: Syntax = (text) =>
  shorter(text, 63) ?? fits(text, LABEL_1035, `must consist of ${DNS}, and begin with a letter`);

/** A DNS-1123 subdomain: most names. */
export const dnsSubdomain: Syntax = (text) =>
  shorter(text, 253) ?? fits(text, SUBDOMAIN, `must consist of ${DNS}, in parts separated by dots`);

/** A subdomain of limited length. */
export function shortSubdomain(length: number, why: string): Syntax {
  return (text) => dnsSubdomain(text) ?? (text.length > length ? `has ${text.length} characters; ${why}` : undefined);
}

/** A segment of a path in a URL: names of RBAC's kinds. */
export const pathSegment: Syntax = (text) => {
  if (text === "") return "must not be empty";
  if (text === "." || text === "..") return `must not be ${text}`;
  return fits(text, /^[^/%]*$/, "must not contain / or %");
};

/** The name of a container's port. */
export const portName: Syntax = (text) =>
  shorter(text, 15) ??
  fits(text, /^[a-z0-9](-?[a-z0-9])*$/, "must consist of lower-case letters, digits and single dashes between them") ??
  fits(text, /[a-z]/, "must contain a letter");

/** The key of a label: an optional DNS prefix and a name. */
export const labelKey: Syntax = (text) => {
  const parts = text.split("/");
  if (parts.length > 2) return "must have at most one /";
  const name = parts.at(-1) ?? "";
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (prefix !== undefined) {
    const wrong = dnsSubdomain(prefix);
    if (wrong !== undefined) return `its prefix ${wrong}`;
  }
  return (
    shorter(name, 63) ??
    fits(name, QUALIFIED, "must consist of letters, digits, -, _ and ., with a letter or digit at both ends")
  );
};

/** The key of an annotation: like a label's, in any case. */
export const annotationKey: Syntax = (text) => labelKey(text.toLowerCase());

/** The value of a label. */
export const labelValue: Syntax = (text) =>
  text === ""
    ? undefined
    : (shorter(text, 63) ??
      fits(
        text,
        QUALIFIED,
        "must be empty or consist of letters, digits, -, _ and ., with a letter or digit at both ends",
      ));

/** The key of an entry in a ConfigMap or Secret. */
export const dataKey: Syntax = (text) => {
  if (text === "." || text.startsWith("..")) return "must not be . or begin with ..";
  return shorter(text, 253) ?? fits(text, /^[-._a-zA-Z0-9]+$/, "must consist of letters, digits, -, _ and .");
};

function shorter(text: string, length: number): string | undefined {
  if (text === "") return "must not be empty";
  return text.length > length ? `has ${text.length} characters; at most ${length} are allowed` : undefined;
}

function fits(text: string, form: RegExp, otherwise: string): string | undefined {
  return form.test(text) ? undefined : otherwise;
}
