import { duplicateAddresses, type Holding } from "./leases.ts";

/** What the machines tell of themselves. Everything that is counted in the end is counted from this. */
export interface Tally {
  /** The machine goes on to this, now. */
  step(machine: string, step: string): void;
  leased(holding: Holding): void;
  transferFailed(machine: string, message: string): void;
  /** What each machine was at when it last told. */
  latestStep(machine: string): string;
  readonly failedTransfers: readonly string[];
  duplicateAddresses(): readonly string[];
}

export function createTally(): Tally {
  const steps = new Map<string, string>();
  const holdings: Holding[] = [];
  const failedTransfers: string[] = [];
  return {
    step: (machine, step) => steps.set(machine, step),
    leased: (holding) => holdings.push(holding),
    transferFailed: (machine, message) => failedTransfers.push(`${machine}: ${message}`),
    latestStep: (machine) => steps.get(machine) ?? "has not been switched on",
    failedTransfers,
    duplicateAddresses: () => duplicateAddresses(holdings),
  };
}
