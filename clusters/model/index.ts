export * from "./azure";
export * from "./define";
export { checkFleet, loadFleet } from "./load";
export * from "./names";
export { type Note, notesOn } from "./notes";
export { FleetError, type Problem } from "./problem";
export * from "./types";
export * from "./variables";
