import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  BASTION_KIND,
  clusterSide,
  JUMP_HOST_SIZE,
  KARPENTER_DISK_GIB,
  SURGE_PERCENT,
  sharedSide,
} from "../../../cli/docs/azure-side";
import { type Fleet, loadFleet } from "../../../clusters/fleet";
import { overlayOf } from "../../../clusters/overlays";
import { presetNamed, presets } from "../../../clusters/presets";
import type { AKSNodeClass } from "../../../imports/karpenter.azure.com";
import type { RecordedResource } from "../../../infra/record/types";
import { renderCluster } from "../../../main";

/** The infra program's packages are installed apart from the repository's own. */
const installed = existsSync(join(__dirname, "..", "..", "..", "infra", "node_modules", "@pulumi"));

/** What quota and cost take the infra program to create is what it does create. */
(installed ? describe : describe.skip).each(Object.keys(presets))(
  "what infra registers for the preset %s",
  (preset) => {
    let fleet: Fleet;
    let resources: readonly RecordedResource[];

    beforeAll(async () => {
      const { recorded } = require("../../../infra/record") as typeof import("../../../infra/record");
      fleet = loadFleet(presetNamed(preset));
      ({ resources } = await recorded({ preset }));
    });

    const ofType = (type: string) => resources.filter((resource) => resource.type === `azure-native:${type}`);
    const inputs = (type: string) =>
      ofType(type).map((resource) => resource.inputs as Readonly<Record<string, unknown>>);

    it("has as many Bastions, jump hosts, addresses, endpoints and zones", () => {
      const side = sharedSide(fleet);
      expect(ofType("network:BastionHost")).toHaveLength(Number(side.bastion));
      expect(ofType("compute:VirtualMachine")).toHaveLength(Number(side.jumpHost));
      expect(ofType("network:NatGateway")).toHaveLength(Number(side.jumpHost));
      expect(ofType("network:PublicIPAddress")).toHaveLength(side.publicAddresses);
      expect(ofType("network:PrivateEndpoint").map(({ name }) => name)).toEqual(
        side.privateEndpoints.map((service) => `pe-${fleet.name}-${service}`),
      );
      expect(ofType("privatedns:PrivateZone")).toHaveLength(side.privateZones);
      expect(ofType("dns:Zone")).toHaveLength(1);
    });

    it("has machines of the sizes and kinds that are priced", () => {
      for (const machine of inputs("compute:VirtualMachine"))
        expect(machine).toMatchObject({ hardwareProfile: { vmSize: JUMP_HOST_SIZE } });
      for (const host of inputs("network:BastionHost")) expect(host).toMatchObject({ sku: { name: BASTION_KIND } });
    });

    it("caps logs where the estimate does", () => {
      const [workspace] = inputs("operationalinsights:Workspace");
      expect(workspace).toMatchObject({ workspaceCapping: { dailyQuotaGb: sharedSide(fleet).dailyLogsGb } });
    });

    it("has clusters with one way out, the tier's name, and pools on disks of AKS's own size", () => {
      for (const cluster of fleet.clusters) {
        const [managed] = inputs("containerservice:ManagedCluster").filter(
          (each) => each["resourceName"] === `aks-${cluster.name}`,
        );
        const ingress = cluster.mesh?.ingress ? 1 : 0;
        expect(managed).toMatchObject({
          sku: { tier: fleet.tier },
          networkProfile: { loadBalancerProfile: { managedOutboundIPs: { count: 1 } } },
          apiServerAccessProfile: { enablePrivateCluster: clusterSide(fleet, cluster).privateEndpoints === 1 },
        });
        expect(clusterSide(fleet, cluster).publicAddresses).toBe(1 + ingress);
        const [system] = (managed?.["agentPoolProfiles"] ?? []) as readonly Readonly<Record<string, unknown>>[];
        const pools = [
          system,
          ...inputs("containerservice:AgentPool").filter((each) => each["resourceName"] === `aks-${cluster.name}`),
        ];
        for (const pool of pools) {
          expect(pool?.["osDiskSizeGB"]).toBeUndefined();
          if (pool?.["scaleSetPriority"] !== "Spot")
            expect(pool).toMatchObject({ upgradeSettings: { maxSurge: `${SURGE_PERCENT}%` } });
        }
      }
    });
  },
);

it("Karpenter's machines start from disks of the size that is priced", () => {
  const fleet = loadFleet(presetNamed("default"));
  const classes = fleet.clusters.flatMap(({ name }) =>
    renderCluster(fleet, name, overlayOf(name)).components.flatMap(({ objects }) =>
      objects.filter((object): object is AKSNodeClass => object.kind === "AKSNodeClass"),
    ),
  );
  expect(classes.map(({ spec }) => spec?.osDiskSizeGB)).toEqual(classes.map(() => KARPENTER_DISK_GIB));
  expect(classes).toHaveLength(fleet.clusters.length);
});
