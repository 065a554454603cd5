/** A time zone as Azure's services write it. */
export interface AzureTimeZone {
  /** Name that Logic Apps take. */
  readonly windows: string;
  /** Offset that AKS maintenance windows take; of standard time, so in summer a window is an hour later on the clock. */
  readonly utcOffset: string;
}

/** IANA time zones and Azure's words for them. Source of the names: Unicode CLDR, windowsZones.xml. */
const TIME_ZONES: Readonly<Record<string, AzureTimeZone>> = {
  "America/Chicago": { windows: "Central Standard Time", utcOffset: "-06:00" },
  "America/Los_Angeles": { windows: "Pacific Standard Time", utcOffset: "-08:00" },
  "America/New_York": { windows: "Eastern Standard Time", utcOffset: "-05:00" },
  "Asia/Seoul": { windows: "Korea Standard Time", utcOffset: "+09:00" },
  "Asia/Singapore": { windows: "Singapore Standard Time", utcOffset: "+08:00" },
  "Asia/Tokyo": { windows: "Tokyo Standard Time", utcOffset: "+09:00" },
  "Europe/Amsterdam": { windows: "W. Europe Standard Time", utcOffset: "+01:00" },
  "Europe/Berlin": { windows: "W. Europe Standard Time", utcOffset: "+01:00" },
  "Europe/Dublin": { windows: "GMT Standard Time", utcOffset: "+00:00" },
  "Europe/London": { windows: "GMT Standard Time", utcOffset: "+00:00" },
  "Etc/UTC": { windows: "UTC", utcOffset: "+00:00" },
  UTC: { windows: "UTC", utcOffset: "+00:00" },
};

/** Whether Azure's words for an IANA time zone are known. */
export function knowsTimeZone(iana: string): boolean {
  return Object.hasOwn(TIME_ZONES, iana);
}

/** Azure's words for an IANA time zone. Throws if they are not known. */
export function azureTimeZone(iana: string): AzureTimeZone {
  const found = knowsTimeZone(iana) ? TIME_ZONES[iana] : undefined;
  if (found) return found;
  throw new Error(`infra/time-zone.ts has no ${iana}; it has ${Object.keys(TIME_ZONES).join(", ")}`);
}
