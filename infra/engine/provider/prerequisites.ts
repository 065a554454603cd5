import type { Cloud } from "./cloud";
import { armTypeOf } from "./identity";
import { type Account, nodeResourceGroup } from "./outputs";
import { list, object, type Properties, text, texts } from "./value";

/** Azure has built-in roles in every subscription. */
const BUILT_IN = /\/providers\/microsoft\.authorization\/roledefinitions\//i;

/** People put these into a vault later; whether Azure takes a role on one before that is not proven here. */
const IN_VAULT = /^(.*\/providers\/microsoft\.keyvault\/vaults\/[^/]+)\/(?:secrets|keys|certificates)\/[^/]+$/i;

/** A request as Azure Resource Manager sees it. */
export interface CloudRequest {
  readonly token: string;
  readonly id: string;
  readonly inputs: Properties;
}

/** Why Azure would refuse a request in the state it is in: what must exist first does not. */
export function missingFirst({ token, id, inputs }: CloudRequest, cloud: Cloud, account: Account): readonly string[] {
  const own = RULES[armTypeOf(id)]?.(inputs, id, cloud, account) ?? [];
  return [...parentMissing(token, id, cloud), ...referencesMissing(id, inputs, cloud, account.subscription), ...own];
}

function parentMissing(token: string, id: string, cloud: Cloud): readonly string[] {
  const parent = parentOf(id);
  if (parent === undefined || token.endsWith(":ResourceGroup") || exists(parent, cloud)) return [];
  return [`ParentResourceNotFound: ${id} cannot be created because ${parent} does not exist`];
}

/** The resource or group that holds a resource; `undefined` for what lies in the subscription itself. */
function parentOf(id: string): string | undefined {
  const at = id.lastIndexOf("/providers/");
  const names = id.slice(at + "/providers/".length).split("/");
  if (at < 0) return undefined;
  const above = id.split("/").slice(0, -2).join("/");
  if (names.length > 3) return above.replace(/\/\w+\/default$/, "");
  const scope = id.slice(0, at);
  return scope.split("/").length > 3 ? scope : undefined;
}

function referencesMissing(id: string, inputs: Properties, cloud: Cloud, subscription: string): readonly string[] {
  const group = `/subscriptions/${subscription}/resourcegroups/`;
  const references = new Set(texts(inputs).filter((one) => /^\/subscriptions\/[^\s]+$/.test(one)));
  const gone = [...references].filter((one) => {
    const lower = one.toLowerCase();
    return lower.startsWith(group) && !lower.startsWith(id.toLowerCase()) && !exists(one, cloud);
  });
  return gone.map((one) => `ResourceNotFound: ${id} refers to ${one}, which does not exist`);
}

function exists(id: string, cloud: Cloud): boolean {
  const vault = IN_VAULT.exec(id)?.[1];
  if (BUILT_IN.test(id) || cloud.get(vault ?? id) !== undefined) return true;
  return isInNodeGroup(id, cloud) || isInline(id, cloud);
}

/** Whether an id is in a group that AKS makes for a cluster's machines. */
function isInNodeGroup(id: string, cloud: Cloud): boolean {
  const group = /\/resourcegroups\/([^/]+)/i.exec(id)?.[1]?.toLowerCase();
  const clusters = cloud.resources().filter((one) => one.token.endsWith(":ManagedCluster"));
  return clusters.some((one) => nodeResourceGroup(one.inputs).toLowerCase() === group);
}

/** Whether an id is a part of another resource's body, as a subnet of its network. */
function isInline(id: string, cloud: Cloud): boolean {
  const [, holder = "", kind = "", name] = /^(.+)\/(\w+)\/([^/]+)$/.exec(id) ?? [];
  return list(cloud.get(holder)?.outputs[kind]).some((child) => text(object(child)["name"]) === name);
}

type Rule = (inputs: Properties, id: string, cloud: Cloud, account: Account) => readonly string[];

/** What Azure asks for beside parents and references. */
const RULES: Readonly<Record<string, Rule>> = {
  "Microsoft.Authorization/roleAssignments": (inputs, id, cloud, account) => {
    const principal = text(inputs["principalId"]);
    const known = account.principals.includes(principal) || isMade(principal, cloud);
    return known ? [] : [`PrincipalNotFound: ${id} is for ${principal}, which no identity has`];
  },
  "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials": (inputs, id, cloud) => {
    const issuer = text(inputs["issuer"]);
    return isMade(issuer, cloud) ? [] : [`IssuerNotFound: ${id} trusts ${issuer}, which no cluster has`];
  },
  "Microsoft.KubernetesConfiguration/fluxConfigurations": (_inputs, id, cloud) => {
    const cluster = id.slice(0, id.lastIndexOf("/providers/")).toLowerCase();
    const flux = cloud
      .resources()
      .some(
        (one) =>
          one.id.toLowerCase().startsWith(`${cluster}/`) &&
          /^microsoft\.flux$/i.test(text(one.inputs["extensionType"])),
      );
    return flux ? [] : [`ExtensionNotFound: ${id} needs the extension microsoft.flux on its cluster first`];
  },
};

/** Whether a value is one that Azure made: it is among the outputs of a resource and not among its inputs. */
function isMade(value: string, cloud: Cloud): boolean {
  return cloud.resources().some((one) => texts(one.outputs).includes(value) && !texts(one.inputs).includes(value));
}
