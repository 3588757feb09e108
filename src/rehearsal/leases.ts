/** An address that a machine was given, for as long as it was given. */
export interface Holding {
  readonly address: string;
  /** Who got it. */
  readonly mac: string;
  /** Milliseconds on any one clock. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Addresses that two machines held at overlapping times, judged by what the machines were told and by nothing
 * the service says. A lease counts for its whole length: the machine may use it that long, whatever it does.
 */
export function duplicateAddresses(holdings: readonly Holding[]): readonly string[] {
  const byAddress = Map.groupBy(holdings, ({ address }) => address);
  return [...byAddress].filter(([, held]) => isShared(held)).map(([address]) => address);
}

function isShared(held: readonly Holding[]): boolean {
  return held.some((one, index) =>
    held
      .slice(index + 1)
      .some((other) => other.mac !== one.mac && one.fromMs < other.untilMs && other.fromMs < one.untilMs),
  );
}
