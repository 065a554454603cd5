import type { Draft } from "../draft";
import type { Finding } from "../problem";
import type { NightSchedule } from "../types";
import { meant, show } from "../wording";
import { clusters, type Placed, placed, type Rule, repeated } from "./rule";

const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

function schedules(fleet: Parameters<Rule>[0]): readonly Placed<Draft<NightSchedule>>[] {
  return clusters(fleet).flatMap(({ value, at }) => {
    const schedule = value.capacity?.schedule;
    return schedule ? [{ value: schedule, at: [...at, "capacity", "schedule"] }] : [];
  });
}

/** Times are `HH:MM` of a 24 hour day. */
const timesAreTimes: Rule = (fleet) =>
  schedules(fleet).flatMap(({ value, at }) =>
    (["start", "end"] as const).flatMap((key) => {
      const time = value[key];
      if (time === undefined || TIME.test(time)) return [];
      const fix = `write four digits and a colon from 00:00 to 23:59, for example "${key === "start" ? "09:00" : "22:00"}"`;
      return [{ at: [...at, key], reason: `${show(time)} is not a time of day`, fix }];
    }),
  );

/** A working day starts before it ends: otherwise the night never ends, or never comes. */
const nightEnds: Rule = (fleet) =>
  schedules(fleet).flatMap(({ value: { start, end }, at }): readonly Finding[] => {
    if (start === undefined || end === undefined || !TIME.test(start) || !TIME.test(end) || start < end) return [];
    const reason =
      start === end
        ? `is also when the day starts, so the working day has no length and the night never ends`
        : `is before the day starts (${start}), so the night that begins then never ends on a working day`;
    return [
      {
        at: [...at, "end"],
        reason: `${show(end)} ${reason}`,
        fix: `choose an end later than ${start} on the same day`,
      },
    ];
  });

/** Some day is a working day: otherwise the night never ends. */
const someDayIsWorked: Rule = (fleet) =>
  schedules(fleet).flatMap(({ value, at }) => {
    if (value.days?.length !== 0) return [];
    const fix = 'list the working days, for example ["Mon", "Tue", "Wed", "Thu", "Fri"]';
    return [{ at: [...at, "days"], reason: "is empty, so the night never ends", fix }];
  });

/** Each working day is listed once. */
const daysDiffer: Rule = (fleet) =>
  schedules(fleet).flatMap(({ value, at }) =>
    repeated(placed(value.days, [...at, "days"]), (day) => day.value).map(({ item }) => ({
      at: item.at,
      reason: `${item.value} is listed already`,
      fix: "remove one of the two",
    })),
  );

/** KEDA and Azure schedules take names of the IANA database, in its spelling. Source: keda.sh/docs, cron scaler. */
const timeZoneExists: Rule = ({ timeZone }) => {
  if (timeZone === undefined) return [];
  const known = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  if (known.includes(timeZone) || isAlias(timeZone)) return [];
  const guess = meant(timeZone, known);
  return [
    {
      at: ["timeZone"],
      reason: `${show(timeZone)} is not a time zone of the IANA database`,
      fix: guess ? `did you mean ${show(guess)}?` : 'write for example "Asia/Seoul" or "UTC"',
    },
  ];
};

/** Whether a name is an older one of a zone, which `Intl` accepts in any case but IANA spells in one. */
function isAlias(timeZone: string): boolean {
  if (!/^[A-Z][A-Za-z]+\/[A-Z][\w+-]*(\/[A-Z]\w*)?$/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Rules about nights. */
export const scheduleRules: readonly Rule[] = [timesAreTimes, nightEnds, someDayIsWorked, daysDiffer, timeZoneExists];
