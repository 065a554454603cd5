import { listAt, textAt } from "../../contract/values";
import { forEach, type ResourceRule, type StackRule, type Subject, wrongs } from "../rule";

const DATA = [
  "keyvault:Vault",
  "containerregistry:Registry",
  "dns:Zone",
  "operationalinsights:Workspace",
  "monitor:AzureMonitorWorkspace",
  "applicationinsights:Component",
  "dataprotection:BackupVault",
  "dataprotection:BackupInstance",
  "storage:StorageAccount",
  "storage:BlobContainer",
];

/** What holds data is not deleted by mistake. Advisory, since a teardown turns the protection off first. */
export const dataIsProtected: ResourceRule = {
  name: "data-is-protected",
  description: "The engine refuses to delete what holds data",
  level: "advisory",
  checks: forEach(DATA, ({ protect }) =>
    wrongs([!protect, "it holds data but is not protected; set the stack's `protect` to true"]),
  ),
};

/** The system pool outlives Spot evictions. */
export const systemPoolsAreRegular: ResourceRule = {
  name: "system-pools-are-regular",
  description: "System pools are never Spot machines",
  level: "mandatory",
  checks: {
    "containerservice:ManagedCluster": ({ props }) => listAt(props, "agentPoolProfiles").flatMap(regular),
    "containerservice:AgentPool": ({ props }) => regular(props),
  },
};

function regular(pool: unknown): readonly string[] {
  const spot = textAt(pool, "mode") === "System" && textAt(pool, "scaleSetPriority") === "Spot";
  return wrongs([spot, "its system pool is of Spot machines, which may all be taken at once"]);
}

/** A tier that promises availability stands in several zones. */
export const zones: StackRule = {
  name: "zones",
  description: "Pools of clusters with an SLA stand in at least two availability zones",
  level: "mandatory",
  checkAll: (subjects) => {
    const promising = subjects.filter(
      ({ type, props }) => type === "containerservice:ManagedCluster" && textAt(props, "sku", "tier") !== "Free",
    );
    const named = new Set(promising.map(({ props }) => props["resourceName"]));
    const pools = subjects.filter(
      ({ type, props }) => type === "containerservice:AgentPool" && named.has(props["resourceName"]),
    );
    const inline = promising.flatMap((about) =>
      listAt(about.props, "agentPoolProfiles").map((pool) => ({ about, pool })),
    );
    return [...inline, ...pools.map((about) => ({ about, pool: about.props as unknown }))]
      .filter(({ pool }) => new Set(listAt(pool, "availabilityZones")).size < 2)
      .map(({ about, pool }) => ({
        about,
        message: `its pool ${textAt(pool, "name") ?? textAt(pool, "agentPoolName")} stands in fewer than two zones, although its tier promises availability`,
      }));
  },
};

/** Somebody hears of the money before it is spent. */
export const budgetExists: StackRule = {
  name: "budget-exists",
  description: "A budget tells somebody when it is nearly spent",
  level: "mandatory",
  checkAll: (subjects) => {
    const telling = subjects.filter(
      ({ type, props }) => type === "consumption:Budget" && Object.values(props["notifications"] ?? {}).some(tells),
    );
    return telling.length > 0 ? [] : [{ message: "no budget tells anybody" }];
  },
};

function tells(notification: unknown): boolean {
  return listAt(notification, "contactEmails").length > 0;
}

/** Kinds whose use must be looked up afterwards. */
const AUDITED = [
  "keyvault:Vault",
  "containerservice:ManagedCluster",
  "containerregistry:Registry",
  "network:BastionHost",
  "dataprotection:BackupVault",
];

/** Who did what can be looked up. */
export const audit: StackRule = {
  name: "audit",
  description: "Vaults, clusters, registries, Bastion and backup send their audit logs somewhere",
  level: "mandatory",
  checkAll: (subjects) => {
    const audited = new Set(
      subjects
        .filter(({ type, props }) => type === "monitor:DiagnosticSetting" && logs(props))
        .flatMap(({ refersTo }) => refersTo["resourceUri"] ?? []),
    );
    return subjects
      .filter(({ type, urn }) => AUDITED.includes(type) && !audited.has(urn))
      .map((about) => ({ about, message: "no diagnostic setting sends its audit logs anywhere" }));
  },
};

function logs(props: Subject["props"]): boolean {
  return listAt(props, "logs").some((entry) => (entry as { enabled?: unknown } | null)?.enabled === true);
}
