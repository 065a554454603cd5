import { MESH_REVISIONS } from "../../versions";
import type { Finding } from "../problem";
import { either, show } from "../wording";
import { clusters, type FleetDraft, type Rule } from "./rule";

type MeshRange = Readonly<Record<string, { readonly kubernetes: readonly [string, string] }>>;

/**
 * A mesh revision supports a range of Kubernetes minors; AKS refuses others at creation.
 * Source: learn.microsoft.com/azure/aks/istio-support-policy.
 */
export function meshSupportsKubernetes(fleet: FleetDraft, revisions: MeshRange = MESH_REVISIONS): readonly Finding[] {
  const { kubernetes, meshRevision } = fleet;
  const range = meshRevision && revisions[meshRevision]?.kubernetes;
  if (!kubernetes || !range || !clusters(fleet).some(({ value }) => value.mesh)) return [];
  if (supports(range, kubernetes)) return [];
  const others = Object.keys(revisions).filter((name) => supports(revisions[name]?.kubernetes, kubernetes));
  return [
    {
      at: ["meshRevision"],
      reason: `${show(meshRevision)} supports Kubernetes ${range[0]} to ${range[1]}, not ${kubernetes}`,
      fix: others.length
        ? `write ${either(others.map(show))}, or change kubernetes`
        : `choose a Kubernetes version from ${range[0]} to ${range[1]}`,
    },
  ];
}

function supports(range: readonly [string, string] | undefined, version: string): boolean {
  return range !== undefined && minor(range[0]) <= minor(version) && minor(version) <= minor(range[1]);
}

function minor(version: string): number {
  const [major = 0, second = 0] = version.split(".").map(Number);
  return major * 1000 + second;
}

/** Rules about versions that must fit each other. */
export const versionRules: readonly Rule[] = [(fleet) => meshSupportsKubernetes(fleet)];
