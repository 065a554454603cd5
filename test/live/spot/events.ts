import type { Plane } from "../../../cli/live/plane";
import { APPLICATION } from "./application";

/** What somebody has said about why a pod cannot be scheduled. */
export interface Reason {
  /** `karpenter` or `default-scheduler`. */
  readonly by: string;
  readonly message: string;
}

/** Why these pods have not been scheduled, as the events say. */
export async function reasons(
  { client }: Plane,
  uids: readonly string[],
  namespace = APPLICATION,
): Promise<readonly Reason[]> {
  const events = await client.list("v1", "Event", namespace);
  return events
    .map((event) => event as unknown as Event)
    .filter(({ reason, involvedObject }) => reason === "FailedScheduling" && uids.includes(involvedObject.uid ?? ""))
    .map(({ message, source, reportingComponent }) => ({ by: source?.component || reportingComponent || "", message }));
}

interface Event {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly uid?: string };
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
}
