import { Pricing, PricingTier } from "@pulumi/azure-native/security";
import type { Context } from "./context";

/** Turns Defender for Containers on, if this stack is to decide that for the whole subscription. It stays on when the stack goes. */
export function defenderPlan({ settings }: Context): void {
  if (!settings.defenderPlan) return;
  new Pricing(
    "defender-containers",
    {
      pricingName: "Containers",
      scopeId: `subscriptions/${settings.subscriptionId}`,
      pricingTier: PricingTier.Standard,
    },
    { retainOnDelete: true },
  );
}
