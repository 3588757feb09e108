/** What a decider answers: the facts to append, or why nothing may happen. Never both. */
export type Decision<Event, Code extends string> =
  | { readonly outcome: "accepted"; readonly events: readonly Event[] }
  | Refusal<Code>;

/** The half of a decision in which nothing happens. */
export interface Refusal<Code extends string = string> {
  readonly outcome: "rejected";
  readonly rejection: Rejection<Code>;
}

/** A refusal that the caller can act on. `code` is stable and part of the API; `message` is for people. */
export interface Rejection<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
}

/** A pure description of one kind of stream: how it decides and how it folds. */
export interface Decider<State, Command, Event, Code extends string> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Decision<Event, Code>;
  readonly evolve: (state: State, event: Event) => State;
}

export function accept<Event>(...events: Event[]): Decision<Event, never> {
  return { outcome: "accepted", events };
}

export function reject<Code extends string>(code: Code, message: string): Refusal<Code> {
  return { outcome: "rejected", rejection: { code, message } };
}
