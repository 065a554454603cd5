const BLOCK = 512;

/** The content of one regular file in a tar archive (ustar, GNU or pax), by its path; undefined when it is not there. */
export function fileInTar(archive: Buffer, path: string): Buffer | undefined {
  for (let offset = 0; offset + BLOCK <= archive.length; ) {
    const header = archive.subarray(offset, offset + BLOCK);
    if (header[0] === 0) return undefined;
    const size = sizeOf(header);
    if (size === undefined) return undefined;
    const start = offset + BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if ((type === "0" || type === "\0") && nameOf(header) === path) {
      return start + size <= archive.length ? archive.subarray(start, start + size) : undefined;
    }
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function nameOf(header: Buffer): string {
  const prefix = header.toString("latin1", 257, 262) === "ustar" ? text(header, 345, 155) : "";
  const name = text(header, 0, 100);
  return (prefix === "" ? name : `${prefix}/${name}`).replace(/^\.\//, "");
}

function sizeOf(header: Buffer): number | undefined {
  const octal = text(header, 124, 12).trim();
  return /^[0-7]+$/.test(octal) ? Number.parseInt(octal, 8) : undefined;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.toString("latin1", start, start + length);
  const end = field.indexOf("\0");
  return end < 0 ? field : field.slice(0, end);
}
