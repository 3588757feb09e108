import type { Operation, Outcome } from "./history.ts";

/** Milliseconds of the machine's steady clock, the same in each of its processes. */
export function steadyMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Something that was asked for. Nothing was told of it until `end`. */
export interface Asked {
  readonly key: string;
  end(outcome: Outcome): void;
}

/** Takes down what clients ask for and what they are told. */
export interface Recorder {
  ask(client: string, key: string): Asked;
  operations(): readonly Operation[];
  /** How many were acknowledged. */
  acknowledged(): number;
}

export function createRecorder(): Recorder {
  const operations: Operation[] = [];
  let acknowledged = 0;
  return {
    ask(client, key) {
      const index = operations.length;
      const asked = { client, key, invokedMs: steadyMs() };
      operations.push({ ...asked, outcome: "unknown" });
      return {
        key,
        end(outcome) {
          operations[index] = { ...asked, ...outcome };
          if (outcome.outcome === "acknowledged") acknowledged += 1;
        },
      };
    },
    operations: () => operations,
    acknowledged: () => acknowledged,
  };
}
