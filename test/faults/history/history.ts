/** What one client saw of the answer to what it asked for. */
export type Outcome =
  /** It was told that this is in the log. */
  | {
      readonly outcome: "acknowledged";
      /** On the steady clock of the machine, milliseconds. */
      readonly endedMs: number;
      /** Where in the log, from 1; `undefined` when the answer does not say. */
      readonly position?: number | undefined;
      /** What else the answer says of it: the address of a lease, a place in a stream. */
      readonly fact?: string | undefined;
    }
  /** It was told that this is not in the log, and never will be. */
  | { readonly outcome: "refused" }
  /** It was told nothing, or that nobody knows: either may be true. */
  | { readonly outcome: "unknown" };

/** Something that a client asked to have in the log, once, however often it had to ask. */
export type Operation = Outcome & {
  /** A client asks for one thing after the other. */
  readonly client: string;
  /** What makes it this and nothing else. */
  readonly key: string;
  /** When it was asked for, the first time. */
  readonly invokedMs: number;
};

/** An event that somebody read, at the place where it was. */
export interface Sight {
  readonly position: number;
  /** Its id or its hash: the same kind of text in all sights and in the log. */
  readonly event: string;
}

/** An event in the log as it is in the end. */
export interface Kept extends Sight {
  /** The operation that it is the effect of; `undefined`: of none that the clients count. */
  readonly key?: string | undefined;
  /** What an answer would say of it. */
  readonly fact?: string | undefined;
}

/** All that was seen from outside, and what was left in the end. */
export interface History {
  readonly operations: readonly Operation[];
  /** What each reader saw, in the order in which it saw it. */
  readonly readers: readonly (readonly Sight[])[];
  /** The log, in its order. */
  readonly log: readonly Kept[];
}
