/** `npm run azure-types`: fetches Azure's type definitions of the pinned commit anew. The work is the infra program's. */
export { run } from "../infra/azure-types/update";
