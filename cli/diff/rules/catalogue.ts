import { CERTIFICATES } from "./certificates";
import { DATA } from "./data";
import { EXPOSURE } from "./exposure";
import { FLUX } from "./flux";
import { IDENTITY } from "./identity";
import { LIFECYCLE } from "./lifecycle";
import { MESH } from "./mesh";
import { NETWORK } from "./network";
import { NODES } from "./nodes";
import { PODS } from "./pods";
import { POLICY } from "./policy";
import { RBAC } from "./rbac";
import { SCALING } from "./scaling";
import { VERSIONS } from "./versions";
import { WHOLE } from "./whole";
import { WORKLOAD } from "./workload";

/** Rules by concept, in the order of the docs. */
export const CONCEPTS = {
  "What comes, goes and moves": LIFECYCLE,
  "Data that is lost": DATA,
  "What pods may do to their node": PODS,
  "Who may do what in the cluster": RBAC,
  "What admission forbids": POLICY,
  "What the mesh encrypts and lets through": MESH,
  "Who reaches whom on the network": NETWORK,
  "What can be reached from outside": EXPOSURE,
  "What runs, and how many of it": WORKLOAD,
  "How much may run, and how much must": SCALING,
  "The machines that Karpenter makes": NODES,
  "Certificates and who issues them": CERTIFICATES,
  "Versions of charts, CRDs and APIs": VERSIONS,
  "How Flux delivers": FLUX,
  "Who acts in Azure, and where secrets come from": IDENTITY,
  "Clusters, variables, Azure and the gate": WHOLE,
} as const;

/** Every rule of `diff`, by its id. */
export const RULES = {
  ...LIFECYCLE,
  ...DATA,
  ...PODS,
  ...RBAC,
  ...POLICY,
  ...MESH,
  ...NETWORK,
  ...EXPOSURE,
  ...WORKLOAD,
  ...SCALING,
  ...NODES,
  ...CERTIFICATES,
  ...VERSIONS,
  ...FLUX,
  ...IDENTITY,
  ...WHOLE,
} as const;

/** Id of a rule. */
export type RuleId = keyof typeof RULES;
