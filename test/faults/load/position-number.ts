/** The place in the log, from 1, that a position ends in, in hex. */
export function positionNumber(position: string): number {
  return Number.parseInt(position.split(".").at(-1) ?? "", 16);
}
