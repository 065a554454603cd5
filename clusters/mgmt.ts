import type { Overlay } from "./overlay";

/** Platform services: certificates, the mesh and its gateway, Kiali. No team's workload runs here. */
export const overlay: Overlay = () => ({});
