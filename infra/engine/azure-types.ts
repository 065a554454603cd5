import { checkResource, describeProblem, refusedChanges, replacementProperties } from "../azure-types";
import type { AzureTypes } from "./provider/provider";

/** The checks and tables of `infra/azure-types`, as the stand-in asks for them. */
export const azureTypes: AzureTypes = {
  check: (type, name, inputs) => checkResource({ type, name, inputs }).map(describeProblem),
  replacing: replacementProperties,
  refused: refusedChanges,
};
