import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import type { Step } from "./types";

/** What an operation's events tell. */
export interface EventLog {
  readonly onEvent: (event: EngineEvent) => void;
  readonly changes: () => Readonly<Record<string, number>>;
  readonly steps: () => readonly Step[];
  readonly errors: () => readonly string[];
}

/** Collects the events of one operation. */
export function createEventLog(): EventLog {
  const steps: Step[] = [];
  const errors: string[] = [];
  let changes: Readonly<Record<string, number>> = {};
  return {
    onEvent: ({ summaryEvent, resourcePreEvent, resOutputsEvent, diagnosticEvent }) => {
      if (summaryEvent) changes = summaryEvent.resourceChanges as Readonly<Record<string, number>>;
      if (diagnosticEvent?.severity === "error") errors.push(plain(diagnosticEvent.message));
      if (resourcePreEvent) steps.push(stepOf(resourcePreEvent.metadata));
      // What a refresh found is known only when it is done.
      const planned = steps.findIndex(({ op, urn }) => op === "refresh" && urn === resOutputsEvent?.metadata.urn);
      if (resOutputsEvent && planned >= 0) steps[planned] = stepOf(resOutputsEvent.metadata);
    },
    changes: () => changes,
    steps: () => steps.filter(({ op }) => op !== "same" && op !== "refresh"),
    errors: () => errors,
  };
}

function stepOf({ op, urn, type, detailedDiff }: StepEventMetadata): Step {
  // The engine sends null where the declarations have it missing.
  const differences = Object.entries(detailedDiff ?? {});
  const replacing = differences.filter(([, { diffKind }]) => diffKind.endsWith("-replace"));
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  return { op, urn, type, name, paths: differences.map(([path]) => path), replacing: replacing.map(([path]) => path) };
}

/** A message without the engine's marks for colours. */
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
