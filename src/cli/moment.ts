import { usageError } from "./failure.ts";

/** A moment that the past is looked at from, as the API takes it. */
export type Moment = { readonly position: string } | { readonly time: string };

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * `2026-01-31`, `2026-01-31T12:00Z`, `now-2h` as in a search, or a position of the log, which has two dots.
 *
 * @throws Failure
 */
export function momentOf(text: string, now: Date): Moment {
  const [, amount, unit = ""] = /^now(?:-(\d{1,6})([smhdw]))?$/.exec(text) ?? [
    undefined,
    undefined,
    undefined,
  ];
  if (text === "now" || amount !== undefined) {
    return { time: new Date(now.getTime() - Number(amount ?? 0) * (unitMs[unit] ?? 0)).toISOString() };
  }
  if (/^[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+$/.test(text)) return { position: text };
  const date = /^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(text) ? new Date(text) : undefined;
  if (date && !Number.isNaN(date.getTime())) return { time: date.toISOString() };
  throw usageError(`${text} is no moment`, "write it like now-2h, 2026-01-31 or 2026-01-31T12:00:00Z");
}

/** A moment that must be a time, RFC 3339. @throws Failure */
export function timeOf(text: string, now: Date): string {
  const moment = momentOf(text, now);
  if ("time" in moment) return moment.time;
  throw usageError(
    `${text} is a position, and a time is asked for`,
    "ironledger events list -o wide shows both",
  );
}
