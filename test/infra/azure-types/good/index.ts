import type { AzureResource } from "../../../../infra/azure-types";
import { CLUSTER } from "./cluster";
import { KUBERNETES } from "./kubernetes";
import { MONITORING } from "./monitoring";
import { NETWORK } from "./network";
import { STORES } from "./stores";

/** One resource, at least, of every type of the platform, all of which Azure takes. */
export const GOOD = { ...NETWORK, ...CLUSTER, ...KUBERNETES, ...STORES, ...MONITORING } satisfies Record<
  string,
  AzureResource
>;

/** Name of one of the good resources. */
export type GoodName = keyof typeof GOOD;
