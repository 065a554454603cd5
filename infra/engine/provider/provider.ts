import type { Cloud, CloudResource } from "./cloud";
import { compare, type PropertyDifference } from "./diff";
import { defaultName, idOf, isKnownType } from "./identity";
import { type Account, outputsOf } from "./outputs";
import { missingFirst } from "./prerequisites";
import { type Properties, preview, type Value, withoutNulls } from "./value";

/** What Azure's published types say; `infra/azure-types` answers it. */
export interface AzureTypes {
  /** What is wrong with a resource's inputs, one sentence each. Unknown values are {@link UNKNOWN}. */
  readonly check: (token: string, name: string, inputs: Properties) => readonly string[];
  /** Paths of the properties whose change makes another resource, without indexes: `agentPoolProfiles[].vmSize`. */
  readonly replacing: (token: string) => readonly string[];
  /** Paths of the properties that Azure does not let change, in the same form. */
  readonly refused: (token: string) => readonly string[];
}

/** What the stand-in is made of. */
export interface Setting {
  readonly cloud: Cloud;
  readonly types: AzureTypes;
  readonly account: Account;
}

/** Azure, or the provider before it, refuses a request. `kept` is what exists nevertheless. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly kept?: CloudResource,
  ) {
    super(message);
  }
}

/** Set by azure-native on resources with a random name: a replacement can be created first. */
const CREATE_BEFORE_DELETE = "__createBeforeDelete";

/** Fills in what azure-native fills in, and says what Azure's types refuse. */
export function check(
  setting: Setting,
  urn: string,
  seed: string,
  olds: Properties,
  news: Properties,
): { inputs: Properties; problems: readonly string[] } {
  const token = tokenOf(urn);
  if (!isKnownType(token)) {
    return {
      inputs: news,
      problems: [`the stand-in does not know ${token}; add it to infra/azure-types/tokens.ts and infra/record/ids.ts`],
    };
  }
  const body = withoutNulls(news);
  const problems = setting.types.check(token, nameOf(urn), body);
  return { inputs: withName(token, urn, seed, olds, body), problems };
}

function withName(token: string, urn: string, seed: string, olds: Properties, news: Properties): Properties {
  const made = defaultName(token, urn, seed);
  if (made === undefined || news[made.input] !== undefined) return news;
  const before = olds[made.input];
  const random = before === undefined ? made.random : olds[CREATE_BEFORE_DELETE] === true;
  return { ...news, [made.input]: before ?? made.value, ...(random && { [CREATE_BEFORE_DELETE]: true }) };
}

/** What a change of inputs means for a resource. */
export interface Difference {
  readonly properties: readonly PropertyDifference[];
  readonly deleteFirst: boolean;
}

/** Compares inputs as azure-native does: path and create-only properties replace, the old resource goes first unless its name is random. */
export function diff({ types }: Setting, urn: string, olds: Properties, news: Properties): Difference {
  const token = tokenOf(urn);
  const replacing = types.replacing(token);
  const properties = compare(withoutNulls(olds), withoutNulls(news), replacing);
  const replaces = properties.some((one) => one.replaces);
  return { properties, deleteFirst: replaces && olds[CREATE_BEFORE_DELETE] !== true };
}

/** Creates a resource, or says what a preview knows of it. */
export async function create(
  setting: Setting,
  urn: string,
  news: Properties,
  isPreview: boolean,
): Promise<CloudResource> {
  const resource = build(setting, urn, news);
  if (isPreview) return { ...resource, id: "", outputs: preview(resource.inputs, resource.outputs) };
  refuseUnfit(setting, resource);
  if (setting.cloud.get(resource.id)) throw new Refusal(`cannot create already existing resource '${resource.id}'`);
  const failure = setting.cloud.turn();
  if (failure && !failure.partial)
    throw new Refusal(`InternalServerError: arranged failure of creation ${failure.create}, ${resource.id}`);
  await write(setting, resource);
  if (failure)
    throw new Refusal(
      `ProvisioningFailed: arranged failure after creation ${failure.create}, ${resource.id}`,
      resource,
    );
  return resource;
}

/** Changes a resource, or says what a preview knows of it. */
export async function update(
  setting: Setting,
  urn: string,
  olds: Properties,
  news: Properties,
  isPreview: boolean,
): Promise<CloudResource> {
  const resource = build(setting, urn, news);
  if (isPreview) {
    return { ...resource, outputs: { ...preview(resource.inputs, resource.outputs), ...stable(olds) } };
  }
  refuseUnfit(setting, resource);
  const before = setting.cloud.get(resource.id);
  if (!before) throw new Refusal(`ResourceNotFound: ${resource.id} does not exist`);
  refuseFixed(setting, before, resource);
  await write(setting, resource);
  return resource;
}

/** The outputs that azure-native holds for the same after any update. */
function stable(outputs: Properties): Properties {
  const kept = ["name", "location"].map((name) => [name, outputs[name]] as const);
  return Object.fromEntries(kept.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
}

function build({ cloud, account }: Setting, urn: string, news: Properties): CloudResource {
  const token = tokenOf(urn);
  const { [CREATE_BEFORE_DELETE]: _, ...body } = withoutNulls(news);
  const id = idOf(token, body, account.subscription);
  const outputs = outputsOf(token, id ?? "/unknown", body, account, cloud.generation(id ?? ""));
  return {
    id: id ?? "",
    token,
    inputs: withoutNulls(news),
    outputs: id === undefined ? { ...outputs, name: body["name"] ?? "" } : outputs,
  };
}

function refuseUnfit({ cloud, account }: Setting, { token, id, inputs }: CloudResource): void {
  if (id === "") throw new Refusal(`the id of ${token} depends on a value that is not known`);
  const missing = missingFirst({ token, id, inputs }, cloud, account);
  if (missing.length > 0) throw new Refusal(missing.join("\n"));
}

function refuseFixed({ types }: Setting, before: CloudResource, after: CloudResource): void {
  const fixed = compare(before.inputs, after.inputs, types.refused(after.token)).filter((one) => one.replaces);
  if (fixed.length > 0) {
    throw new Refusal(
      `PropertyChangeNotAllowed: ${after.id}: ${fixed.map(({ path }) => path).join(", ")} cannot be changed`,
    );
  }
}

/** Azure takes one federated credential of an identity at a time. Source: github.com/pulumi/pulumi-azure-native/issues/4343. */
async function write({ cloud }: Setting, resource: CloudResource): Promise<void> {
  const single = /^(.*)\/federatedIdentityCredentials\//i.exec(resource.id)?.[1] ?? resource.id;
  const done = await cloud.exclusively(single.toLowerCase(), () => cloud.put(resource));
  if (!done) throw new Refusal(`ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: ${resource.id}`);
}

function tokenOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
