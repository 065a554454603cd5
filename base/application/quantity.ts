/** Thousandths of a vCPU: `250m` is 250, `0.5` is 500. Undefined when the text is no such amount, or none at all. */
export function cpuMillis(text: string): number | undefined {
  const match = /^(?:(\d+)m|(\d+(?:\.\d{1,3})?))$/.exec(text);
  if (!match) return undefined;
  const millis = match[1] === undefined ? Math.round(Number(match[2]) * 1000) : Number(match[1]);
  return millis > 0 ? millis : undefined;
}

/** Mebibytes: `256Mi` is 256, `1Gi` is 1024. Undefined when the text is no such amount, or none at all. */
export function memoryMebibytes(text: string): number | undefined {
  const match = /^(\d+)(Mi|Gi)$/.exec(text);
  if (!match) return undefined;
  const mebibytes = Number(match[1]) * (match[2] === "Gi" ? 1024 : 1);
  return mebibytes > 0 ? mebibytes : undefined;
}
