import { accepts, reports } from "../support";

const schedule = "clusters[2] (app2).capacity.schedule";

describe("a schedule is refused", () => {
  reports([
    ["a time that is none", { "clusters.2.capacity.schedule.start": "9:00" }, `${schedule}.start`, '"9:00"', '"09:00"'],
    [
      "an hour that is none",
      { "clusters.2.capacity.schedule.end": "24:00" },
      `${schedule}.end`,
      "time of day",
      "23:59",
    ],
    [
      "a night that never ends",
      { "clusters.2.capacity.schedule.end": "09:00" },
      `${schedule}.end`,
      "the night never ends",
      "later than 09:00",
    ],
    [
      "an end before the start",
      { "clusters.2.capacity.schedule.end": "06:00" },
      `${schedule}.end`,
      "before the day starts (09:00)",
      "later than 09:00",
    ],
    ["no working day", { "clusters.2.capacity.schedule.days": [] }, `${schedule}.days`, "never ends", '"Mon"'],
    [
      "a working day twice",
      { "clusters.2.capacity.schedule.days": ["Mon", "Tue", "Mon"] },
      `${schedule}.days[2]`,
      "Mon is listed already",
      "remove",
    ],
    [
      "a day that is none",
      { "clusters.2.capacity.schedule.days": ["Mon", "Tues"] },
      `${schedule}.days[1]`,
      '"Tues"',
      'did you mean "Tue"?',
    ],
    ["a time zone that is none", { timeZone: "Asia/Soul" }, "timeZone", "IANA", 'did you mean "Asia/Seoul"?'],
    ["a time zone in the wrong case", { timeZone: "asia/seoul" }, "timeZone", "IANA", '"Asia/Seoul"'],
    ["an offset as time zone", { timeZone: "+09:00" }, "timeZone", "IANA", '"Asia/Seoul"'],
    ["a Windows time zone", { timeZone: "Korea Standard Time" }, "timeZone", "IANA", '"Asia/Seoul"'],
  ]);
});

describe("a schedule is accepted", () => {
  accepts([
    ["one minute", { "clusters.2.capacity.schedule.start": "21:59" }],
    ["every day", { "clusters.2.capacity.schedule.days": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] }],
    ["UTC", { timeZone: "UTC" }],
    ["a zone of three parts", { timeZone: "America/Argentina/Buenos_Aires" }],
    ["an older name of a zone", { timeZone: "Asia/Calcutta" }],
    ["a fixed zone", { timeZone: "Etc/GMT+9" }],
  ]);
});
