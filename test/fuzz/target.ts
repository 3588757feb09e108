import type { Random } from "./mutate.ts";

/** Something that reads what anybody may send, and the rules that hold for every input. */
export interface FuzzTarget {
  readonly name: string;
  /** Real inputs, which are damaged and put together anew. */
  readonly seeds: readonly Uint8Array[];
  /** Makes an input that gets past the reader's first look. Used for half of all, and damaged in half of these. */
  make?(random: Random): Uint8Array;
  /**
   * Throws, or rejects, when a rule is broken. True: the input got past the reader, which is where most end. Inputs
   * that never do would try nothing.
   */
  run(input: Uint8Array): boolean | Promise<boolean>;
  close?(): Promise<void>;
}

/** @throws Error with the message, so that the input is reported */
export function must(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}
