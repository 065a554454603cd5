import { COMMON, id, LOGS_ID, resource, SUBSCRIPTION } from "./resource";

/** Stores, the jump host and the budget that Azure takes. */
export const STORES = {
  keyVault: resource("keyvault:Vault", "kv-k8s-demo-7f3a", {
    ...COMMON,
    vaultName: "kv-k8s-demo-7f3a",
    properties: {
      tenantId: "33333333-3333-4333-8333-333333333333",
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Disabled",
      networkAcls: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [{ value: "203.0.113.4" }] },
    },
  }),
  secret: resource("keyvault:Secret", "session-key", {
    resourceGroupName: "rg-common",
    vaultName: "kv-k8s-demo-7f3a",
    secretName: "session-key",
    properties: { value: "x", contentType: "text/plain", attributes: { enabled: true, expires: 1_900_000_000 } },
  }),
  registry: resource("containerregistry:Registry", "acrk8sdemo7f3a", {
    ...COMMON,
    registryName: "acrk8sdemo7f3a",
    sku: { name: "Premium" },
    adminUserEnabled: false,
    publicNetworkAccess: "Disabled",
    zoneRedundancy: "Enabled",
    networkRuleSet: { defaultAction: "Deny", ipRules: [{ action: "Allow", iPAddressOrRange: "203.0.113.4" }] },
    policies: { retentionPolicy: { status: "enabled", days: 30 } },
  }),
  storage: resource("storage:StorageAccount", "stk8sdemo7f3a", {
    ...COMMON,
    accountName: "stk8sdemo7f3a",
    kind: "StorageV2",
    sku: { name: "Standard_ZRS" },
    enableHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_2",
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    publicNetworkAccess: "Disabled",
    networkRuleSet: {
      defaultAction: "Deny",
      bypass: "AzureServices",
      ipRules: [{ action: "Allow", iPAddressOrRange: "203.0.113.4" }],
      virtualNetworkRules: [
        {
          virtualNetworkResourceId: `${id("Microsoft.Network/virtualNetworks", "vnet-mgmt")}/subnets/snet-nodes`,
          action: "Allow",
        },
      ],
    },
  }),
  container: resource("storage:BlobContainer", "mgmt", {
    resourceGroupName: "rg-common",
    accountName: "stk8sdemo7f3a",
    containerName: "mgmt",
    publicAccess: "None",
  }),
  machine: resource("compute:VirtualMachine", "vm-jump-host", {
    ...COMMON,
    vmName: "vm-jump-host",
    zones: ["1"],
    identity: { type: "SystemAssigned" },
    hardwareProfile: { vmSize: "Standard_B2s" },
    networkProfile: {
      networkInterfaces: [{ id: id("Microsoft.Network/networkInterfaces", "nic-jump-host"), primary: true }],
    },
    osProfile: {
      computerName: "jump-host",
      adminUsername: "operator",
      customData: Buffer.from("#cloud-config\n").toString("base64"),
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        ssh: { publicKeys: [{ path: "/home/operator/.ssh/authorized_keys", keyData: "ssh-ed25519 AAAA example" }] },
      },
    },
    securityProfile: {
      securityType: "TrustedLaunch",
      encryptionAtHost: true,
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    },
    storageProfile: {
      imageReference: {
        publisher: "Canonical",
        offer: "ubuntu-24_04-lts",
        sku: "server",
        version: "latest",
      },
      osDisk: {
        name: "osdisk-jump-host",
        createOption: "FromImage",
        caching: "ReadWrite",
        diskSizeGB: 32,
        managedDisk: { storageAccountType: "StandardSSD_LRS" },
      },
    },
  }),
  signIn: resource("compute:VirtualMachineExtension", "entra-sign-in", {
    ...COMMON,
    vmName: "vm-jump-host",
    vmExtensionName: "AADSSHLoginForLinux",
    publisher: "Microsoft.Azure.ActiveDirectory",
    type: "AADSSHLoginForLinux",
    typeHandlerVersion: "1.0",
    autoUpgradeMinorVersion: true,
  }),
  budget: resource("consumption:Budget", "budget", {
    scope: SUBSCRIPTION,
    budgetName: "k8s-demo",
    category: "Cost",
    amount: 2500,
    timeGrain: "Monthly",
    timePeriod: { startDate: "2026-12-01T00:00:00Z" },
    notifications: {
      forecast: {
        enabled: true,
        operator: "GreaterThan",
        threshold: 100,
        thresholdType: "Forecasted",
        contactEmails: ["platform@example.com"],
      },
    },
  }),
  lock: resource("authorization:ManagementLockByScope", "keep-zone", {
    scope: id("Microsoft.Network/dnsZones", "example.com"),
    lockName: "keep",
    level: "CanNotDelete",
    notes: "Holds the delegation",
  }),
  groupLock: resource("authorization:ManagementLockAtResourceGroupLevel", "keep-common", {
    resourceGroupName: "rg-common",
    lockName: "keep",
    level: "CanNotDelete",
  }),
  key: resource("keyvault:Key", "state", {
    resourceGroupName: "rg-common",
    vaultName: "kv-k8s-demo-7f3a",
    keyName: "state",
    properties: { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] },
  }),
  diagnostics: resource("monitor:DiagnosticSetting", "key-vault-logs", {
    resourceUri: id("Microsoft.KeyVault/vaults", "kv-k8s-demo-7f3a"),
    name: "logs",
    workspaceId: LOGS_ID,
    logs: [{ categoryGroup: "audit", enabled: true }],
    metrics: [{ category: "AllMetrics", enabled: false }],
  }),
};
