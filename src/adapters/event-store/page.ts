/** Most events in a page of the log. */
export const pageEventsMax = 1_000;

/** @throws RangeError */
export function checkPageLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= pageEventsMax) return;
  throw new RangeError(`a page has 1 to ${pageEventsMax} events, not ${limit}`);
}
