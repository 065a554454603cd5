import { PrincipalType } from "@pulumi/azure-native/authorization";
import {
  CachingTypes,
  DeleteOptions,
  DiskCreateOptionTypes,
  DiskDeleteOptionTypes,
  LinuxPatchAssessmentMode,
  LinuxVMGuestPatchMode,
  ResourceIdentityType,
  SecurityTypes,
  StorageAccountTypes,
  VirtualMachine,
  VirtualMachineExtension,
  VirtualMachineSizeTypes,
} from "@pulumi/azure-native/compute";
import { IPAllocationMethod, NetworkInterface } from "@pulumi/azure-native/network";
import { azureName, type Cluster, SUBNETS } from "../../clusters/fleet";
import { type Context, tagsOf } from "../context";
import { type Groups, of } from "../groups";
import { type Networks, subnetId } from "../network/network";
import { grant } from "../roles";
import { customData } from "./cloud-init";

/** Administrator that the image demands; people sign in with their Entra account and become a user of their own. */
const ADMINISTRATOR = "operator";

/** The jump host, if the fleet has one: no public address, no role in Azure, reached by the Bastion with an Entra account. */
export function jumpHost(context: Context, groups: Groups, networks: Networks): VirtualMachine | undefined {
  const { fleet, settings } = context;
  const home = fleet.clusters.find(({ network }) => network.jumpHost);
  if (!home) return undefined;
  const machine = virtualMachine(context, groups, networks, home);
  new VirtualMachineExtension(
    `${azureName.jumpHost(fleet)}-entra-login`,
    {
      vmExtensionName: "AADSSHLoginForLinux",
      vmName: machine.name,
      resourceGroupName: groups.common.name,
      location: fleet.region,
      publisher: "Microsoft.Azure.ActiveDirectory",
      type: "AADSSHLoginForLinux",
      typeHandlerVersion: "1.0",
      autoUpgradeMinorVersion: true,
      tags: tagsOf(fleet, home),
    },
    { parent: machine },
  );
  const operators = { principalId: settings.adminGroupId, principalType: PrincipalType.Group };
  grant(context, {
    ...operators,
    name: "operators-jump-host-login",
    role: "Virtual Machine Administrator Login",
    scope: machine.id,
    because: "Operators sign in to the jump host",
  });
  grant(context, {
    ...operators,
    name: "operators-common-reader",
    role: "Reader",
    scope: groups.common.id,
    because: "Operators find the Bastion and the jump host",
  });
  return machine;
}

function virtualMachine(context: Context, groups: Groups, networks: Networks, home: Cluster): VirtualMachine {
  const { fleet, settings } = context;
  const name = azureName.jumpHost(fleet);
  const card = networkInterface(context, groups, networks, home);
  return new VirtualMachine(name, {
    vmName: name,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    identity: { type: ResourceIdentityType.SystemAssigned },
    hardwareProfile: { vmSize: VirtualMachineSizeTypes.Standard_B2s },
    networkProfile: { networkInterfaces: [{ id: card.id, primary: true, deleteOption: DeleteOptions.Delete }] },
    osProfile: {
      computerName: name,
      adminUsername: ADMINISTRATOR,
      customData: customData(fleet),
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        provisionVMAgent: true,
        ssh: {
          publicKeys: [{ path: `/home/${ADMINISTRATOR}/.ssh/authorized_keys`, keyData: settings.jumpHostSshKey ?? "" }],
        },
        patchSettings: {
          patchMode: LinuxVMGuestPatchMode.AutomaticByPlatform,
          assessmentMode: LinuxPatchAssessmentMode.AutomaticByPlatform,
        },
      },
    },
    securityProfile: {
      encryptionAtHost: true,
      securityType: SecurityTypes.TrustedLaunch,
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    },
    storageProfile: {
      imageReference: { publisher: "Canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" },
      osDisk: {
        name: `${name}-os`,
        createOption: DiskCreateOptionTypes.FromImage,
        caching: CachingTypes.ReadWrite,
        deleteOption: DiskDeleteOptionTypes.Delete,
        managedDisk: { storageAccountType: StorageAccountTypes.StandardSSD_LRS },
      },
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    ...(home.zones.length > 0 ? { zones: home.zones.slice(0, 1) } : {}),
    tags: tagsOf(fleet, home),
  });
}

function networkInterface({ fleet }: Context, groups: Groups, networks: Networks, home: Cluster): NetworkInterface {
  const machine = azureName.jumpHost(fleet);
  const subnet = subnetId(of(networks.vnets, home), SUBNETS.jumpHost);
  return new NetworkInterface(`${machine}-nic`, {
    networkInterfaceName: `${machine}-nic`,
    resourceGroupName: groups.common.name,
    location: fleet.region,
    ipConfigurations: [
      { name: "primary", primary: true, privateIPAllocationMethod: IPAllocationMethod.Dynamic, subnet: { id: subnet } },
    ],
    tags: tagsOf(fleet, home),
  });
}
