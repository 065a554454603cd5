import { accessRules } from "./access";
import { applicationRules } from "./applications";
import { azureNameRules } from "./azure-names";
import { capacityRules } from "./capacity";
import { companyRules } from "./company";
import { componentRules } from "./components";
import { grantRules } from "./grants";
import { identityRules } from "./identities";
import { ingressRules } from "./ingress";
import { nameRules } from "./names";
import { networkRules } from "./network";
import { poolRules } from "./pools";
import type { Rule } from "./rule";
import { scheduleRules } from "./schedule";
import { sizeRules } from "./sizes";
import { sourceRules } from "./sources";
import { vaultRules } from "./vault";
import { versionRules } from "./versions";
import { zoneRules } from "./zones";

/** Everything that must hold between the parts of a fleet. */
export const RULES: readonly Rule[] = [
  ...companyRules,
  ...nameRules,
  ...azureNameRules,
  ...versionRules,
  ...accessRules,
  ...sourceRules,
  ...vaultRules,
  ...zoneRules,
  ...networkRules,
  ...sizeRules,
  ...poolRules,
  ...capacityRules,
  ...scheduleRules,
  ...ingressRules,
  ...componentRules,
  ...applicationRules,
  ...identityRules,
  ...grantRules,
];
