import type { Fleet } from "../../clusters/fleet";
import {
  CHARTS,
  CRD_MODULES,
  EXTERNAL_SECRETS_CRDS,
  KUBERNETES_VERSIONS,
  MESH_REVISIONS,
} from "../../clusters/versions";
import { code, list, markdownTable } from "./markdown";

/** What `clusters/versions.ts` pins. */
export interface Versions {
  readonly kubernetes: Readonly<Record<string, { readonly patch: string }>>;
  readonly meshRevisions: Readonly<Record<string, { readonly kubernetes: readonly string[] }>>;
  readonly charts: Readonly<
    Record<string, { readonly name: string; readonly registry: string; readonly version: string }>
  >;
  readonly crds: Readonly<Record<string, string>>;
}

/** The repository's own pins. */
export const PINNED: Versions = {
  kubernetes: KUBERNETES_VERSIONS,
  meshRevisions: MESH_REVISIONS,
  charts: CHARTS,
  crds: { ...CRD_MODULES, "github.com/external-secrets/external-secrets": EXTERNAL_SECRETS_CRDS.version },
};

/** Every pinned version, and which presets use it where a fleet has the choice. */
export function versionTable(versions: Versions, presets: Readonly<Record<string, Fleet>>): string {
  const usedBy = (uses: (fleet: Fleet) => boolean) => {
    const names = Object.keys(presets).filter((name) => presets[name] && uses(presets[name]));
    return names.length > 0 ? `used by ${list(names.map(code))}` : "in no preset";
  };
  return markdownTable(
    ["what", "version", ""],
    [
      ...Object.entries(versions.kubernetes).map(([minor, { patch }]) => [
        "Kubernetes",
        minor,
        `${usedBy((fleet) => fleet.kubernetes === minor)}; schemas of ${patch}`,
      ]),
      ...Object.entries(versions.meshRevisions).map(([revision, { kubernetes }]) => [
        "mesh revision",
        revision,
        `${usedBy((fleet) => fleet.meshRevision === revision)}; for Kubernetes ${kubernetes.join(" to ")}`,
      ]),
      ...Object.values(versions.charts).map(({ name, registry, version }) => [
        `chart ${code(name)}`,
        version,
        code(registry),
      ]),
      ...Object.entries(versions.crds).map(([module, version]) => ["CRDs", version, code(module)]),
    ],
  );
}
