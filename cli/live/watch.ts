import type { LiveObject } from "./client";

/** A change of one object, or the server's word that the watch has to begin anew. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: LiveObject;
}

/** Takes a stream of events as it arrives: a line each, cut anywhere. */
export class WatchReader {
  private rest = "";

  constructor(private readonly on: (event: WatchEvent) => void) {}

  /** Takes the next piece and tells of every event that it completes. */
  take(chunk: string): void {
    const lines = (this.rest + chunk).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.tell(line);
  }

  private tell(line: string): void {
    if (line.trim() === "") return;
    this.on(eventOf(line));
  }
}

function eventOf(line: string): WatchEvent {
  try {
    const said = JSON.parse(line) as WatchEvent | LiveObject;
    // A watch that is refused is answered by a bare Status.
    return "type" in said && "object" in said ? (said as WatchEvent) : { type: "ERROR", object: said as LiveObject };
  } catch {
    const object = { apiVersion: "v1", kind: "Status", metadata: { name: "" }, status: { message: line } };
    return { type: "ERROR", object };
  }
}
