import { SEVERITIES, type Severity, type Status } from "../../model";
import type { El } from "./dom";
import { h, s, spoken } from "./elements";

/** Shapes differ as well as colours: nobody has to tell red from green. */
const SEVERITY_SHAPES: Readonly<Record<Severity, string>> = {
  danger: "M5 1h6l4 4v6l-4 4H5l-4-4V5zM8 4v5M8 11.2v.6",
  warning: "M8 1.5l7 13H1zM8 6v4.2M8 12v.6",
  notice: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM8 7v5M8 4.4v.6",
  info: "M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
};

const STATUS_SHAPES: Readonly<Record<Status, string>> = {
  added: "M8 3v10M3 8h10",
  removed: "M3 8h10",
  changed: "M2.5 9.5c1.6-3.4 3.4-3.4 5.5-1.5s3.9 1.9 5.5-1.5",
  moved: "M2 8h11M9 4l4 4-4 4",
  renamed: "M3 13l.8-3.3L11 2.5 13.5 5l-7.2 7.2z",
};

/** Statuses in the order in which reports tell them. */
export const STATUSES: readonly Status[] = ["added", "removed", "changed", "moved", "renamed"];

/** The mark of a severity, with the word for those who do not see it. */
export function severityMark(severity: Severity): El {
  return h(`span.mark.${severity}`, { title: severity }, icon(SEVERITY_SHAPES[severity]), spoken(severity));
}

/** The mark of what became of an object. */
export function statusMark(status: Status): El {
  return h(`span.mark.${status}`, { title: status }, icon(STATUS_SHAPES[status]), spoken(status));
}

/** A severity as a drawing inside a drawing, at a place. */
export function severityShape(severity: Severity, x: number, y: number): El {
  return s(`path.shape.${severity}`, { d: SEVERITY_SHAPES[severity], transform: `translate(${x} ${y})` });
}

/** A severity in its colour, with its mark and a text. */
export function badge(severity: Severity, text: string = severity): El {
  return h(`span.badge.${severity}`, {}, icon(SEVERITY_SHAPES[severity]), text);
}

/** Which lamp of the traffic light is on. */
export function trafficLight(verdict: "clean" | Severity): El {
  const lamp = verdict === "danger" ? "red" : verdict === "warning" ? "amber" : "green";
  const lamps = ["red", "amber", "green"].map((colour, index) =>
    s("circle", { cx: 20, cy: 20 + index * 30, r: 11, class: colour === lamp ? `lamp ${colour}` : "lamp" }),
  );
  return s(
    "svg",
    { viewBox: "0 0 40 100", class: "traffic-light", role: "img", "aria-label": `traffic light: ${lamp}` },
    s("rect", { x: 1, y: 1, width: 38, height: 98, rx: 12, class: "housing" }),
    ...lamps,
  );
}

/** Whether a text is a severity: facets know only texts. */
export function isSeverity(text: string): text is Severity {
  return (SEVERITIES as readonly string[]).includes(text);
}

/** Whether a text is a status. */
export function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}

function icon(path: string): El {
  return s("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, s("path", { d: path }));
}
