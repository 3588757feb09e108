import type { Random } from "../fuzz/mutate.ts";
import type { Violation } from "./history/check-history.ts";

/** What a scenario is run with. */
export interface ScenarioOptions {
  /** The same seed throws the same dice; when the kernel does what is left to it. */
  readonly random: Random;
  /** How often the fault happens. */
  readonly times: number;
  /** A place for its files, which is empty. */
  readonly directory: string;
  /** Told how far it has come, in one line. */
  readonly note: (line: string) => void;
}

/** What came of it. */
export interface ScenarioReport {
  /** How often the fault happened. */
  readonly faults: number;
  /** How many processes were ended by `kill -9`. */
  readonly kills: number;
  /** What was acknowledged. */
  readonly acknowledged: number;
  /** What clients and readers saw that must not be. */
  readonly violations: readonly Violation[];
  /** Faults that changed or lost what was acknowledged while nobody said so: one line each. */
  readonly undetected: readonly string[];
  /** What else is worth knowing, by name. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A kind of fault, made to happen to a log in use. */
export interface Scenario {
  readonly name: string;
  /** How often in the short form, and in the long form. */
  readonly times: { readonly short: number; readonly long: number };
  /** @throws Error when the service did not do what it should: not start, not say what is wrong, not recover */
  run(options: ScenarioOptions): Promise<ScenarioReport>;
}
