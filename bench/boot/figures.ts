import { median } from "../log-thread.ts";

/** Writes a line for whoever waits. */
export type Tell = (line: string) => void;

/** The median, to two places. */
export function ratio(values: readonly number[]): number {
  return Math.round(median(values) * 100) / 100;
}

/** To two places. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
