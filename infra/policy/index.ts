import { PolicyPack } from "@pulumi/policy";
import { POLICIES } from "./pack";

/** The pack, for `pulumi preview --policy-pack policy`. */
new PolicyPack("aks-fleet", { policies: [...POLICIES] });
