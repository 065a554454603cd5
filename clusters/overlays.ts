import type { Overlay } from "./overlay";

/** Finds the overlay of a cluster by its name. Throws when `clusters/<name>.ts` is missing or exports no `overlay`. */
export function overlayOf(cluster: string): Overlay {
  const overlay = load(cluster)["overlay"];
  if (typeof overlay !== "function") {
    throw new Error(`clusters/${cluster}.ts exports no overlay; add: export const overlay: Overlay = () => ({});`);
  }
  return overlay as Overlay;
}

function load(cluster: string): Readonly<Record<string, unknown>> {
  try {
    // The name is part of the fleet's data, so that a new cluster needs no line here; the bundler takes in every file that matches.
    return require(`./${cluster}.ts`) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (!isMissing(error, cluster)) throw error;
    throw new Error(
      `clusters/${cluster}.ts does not exist, but the fleet has a cluster ${cluster}; create it with:\n` +
        '  import type { Overlay } from "./overlay";\n  export const overlay: Overlay = () => ({});',
    );
  }
}

function isMissing(error: unknown, cluster: string): boolean {
  const said = String(error);
  return /cannot find module|module not found/i.test(said) && said.includes(`./${cluster}.ts`);
}
