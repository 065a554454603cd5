import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What is kept of each kind of resource: who asked for what. AKS's full audit is mostly reads and costs more than the clusters' own logs,
 * so it is the one of changes. Source: learn.microsoft.com/azure/azure-monitor/reference/supported-logs.
 */
const CATEGORIES = {
  cluster: ["kube-audit-admin", "guard"],
  keyVault: ["AuditEvent", "AzurePolicyEvaluationDetails"],
  registry: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"],
  bastion: ["BastionAuditLogs"],
  backupVault: ["CoreAzureBackup", "AddonAzureBackupJobs", "AddonAzureBackupPolicy"],
} as const;

/** Sends a resource's audit logs to the log workspace. */
export function auditLogs(
  name: string,
  kind: keyof typeof CATEGORIES,
  target: { readonly id: pulumi.Input<string> } & pulumi.Resource,
  workspaceId: pulumi.Input<string>,
): DiagnosticSetting {
  return new DiagnosticSetting(
    `${name}-audit`,
    {
      name: "audit",
      resourceUri: target.id,
      workspaceId,
      // Resource-specific tables: cheaper to ask than the one table for everything.
      logAnalyticsDestinationType: "Dedicated",
      logs: CATEGORIES[kind].map((category) => ({ category, enabled: true })),
    },
    // A child is protected as its parent is, but this holds nothing.
    { parent: target, protect: false },
  );
}
