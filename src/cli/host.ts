import type { Command } from "commander";
import type { Environment } from "./environment.ts";
import type { Streams } from "./streams.ts";

/** What the process gives to a command. */
export interface Host {
  readonly environment: Environment;
  readonly streams: Streams;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  readonly clock: () => Date;
  /** The whole program, with the commands of the noun that is among these words. */
  readonly programFor: (words: readonly string[]) => Promise<Program>;
}

export interface Program {
  readonly root: Command;
  /** `undefined`: there is no noun among the words. */
  readonly noun: Command | undefined;
}
