/** Whether a text is a lower-case name of at least two labels that public DNS can have. Source: RFC 1035, 2.3.1. */
export function isHostname(name: string): boolean {
  const labels = name.split(".");
  return name.length <= 253 && labels.length >= 2 && labels.every(isLabel) && !/^[0-9]+$/.test(labels.at(-1) ?? "");
}

/** Whether a text is one lower-case DNS label, and so a name of a Kubernetes namespace. Source: RFC 1123, 2.1. */
export function isLabel(label: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
}
