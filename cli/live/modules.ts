import { CRD_MODULES } from "../../clusters/versions";
import { downloadModules } from "../import/go-modules";
import { KARPENTER_KWOK } from "../tools/karpenter";
import { KWOK } from "../tools/kwok";

/** Modules that only the rig reads: stages of kwok, charts. */
const OWN = {
  "sigs.k8s.io/kwok": KWOK.version,
  "sigs.k8s.io/karpenter": KARPENTER_KWOK.version,
  // The newest whose module can be had; its chart stands in for the pinned one.
  "github.com/external-secrets/external-secrets": "v1.3.2",
} as const;

/** Every one, at its version. */
export const MODULES = { ...CRD_MODULES, ...OWN };

/** A Go module whose files the rig reads. */
export type ModuleName = keyof typeof MODULES;

/** Folders of the pinned Go modules. Throws with all that cannot be had. */
export async function moduleFolders(): Promise<Readonly<Record<ModuleName, string>>> {
  const names = Object.entries(MODULES).map(([path, version]) => `${path}@${version}`);
  const answer = await downloadModules(names);
  if (typeof answer === "string") throw new Error(answer);
  const missing = answer
    .filter((module) => !module.Dir)
    .map(({ Path, Error: why }) => `${Path}: ${why ?? "no folder"}`);
  if (missing.length > 0) {
    throw new Error(
      `Go modules with CRDs and charts cannot be had. Fix: run once with a network that reaches Go's module proxy.\n${missing.join("\n")}`,
    );
  }
  return Object.fromEntries(answer.map(({ Path, Dir }) => [Path, Dir])) as Record<ModuleName, string>;
}
