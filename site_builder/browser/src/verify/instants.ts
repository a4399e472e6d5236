// Points in time as credentials write them (VC Data Model 2.0, 4.9).

/**
 * A UTC time. `ms` is the first whole millisecond that is not before it, which is what a clock of milliseconds can
 * be compared with; `iso` is the time as Python writes it; `day` serves for words.
 */
export interface Instant {
  readonly ms: number;
  readonly iso: string;
  readonly day: Date;
}

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;
const FIRST = new Date(0).setUTCFullYear(1, 0, 1);
const LAST = Date.UTC(10000, 0, 1);

/** Return the time that an XML Schema dateTimeStamp writes; null for anything else. */
export function parseInstant(text: unknown): Instant | null {
  const found = typeof text === "string" ? FORM.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as Six;
  const [zoneHour, zoneMinute] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return null;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  if (year < 1 || local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) return null;
  local.setUTCHours(hour, minute, second);
  const zone = (zoneHour * 60 + zoneMinute) * (found[8] === "-" ? -60_000 : 60_000);
  // Python keeps six digits of a second.
  const micros = Number((found[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const whole = local.getTime() - zone;
  return whole < FIRST || whole >= LAST ? null : made(whole, micros);
}

type Six = [number, number, number, number, number, number];

function made(whole: number, micros: number): Instant {
  const seconds = new Date(whole).toISOString().slice(0, 19);
  const part = micros ? `.${String(micros).padStart(6, "0")}` : "";
  return { ms: whole + Math.ceil(micros / 1000), iso: `${seconds}${part}+00:00`, day: new Date(whole) };
}
