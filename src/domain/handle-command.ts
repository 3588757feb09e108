import type { Decider, Rejection } from "./decision.ts";
import type { DomainEvent, EventCodec } from "./event.ts";
import type { EventMeta, EventStore, Position, RecordedEvent, StreamRevision } from "./ports/event-store.ts";

/** A conflict is another writer's success, so retrying this often without one means something is wrong. */
const attemptsMax = 5;

/** How long a repeated request is recognised, milliseconds: 7 days. */
const idempotencyMs = 7 * 24 * 3_600_000;

/** Refusals that any command can meet. */
export type HandlerRejectionCode =
  /** The stream kept changing. Worth retrying. */
  | "STREAM_BUSY"
  /** The stream is not at the revision that the caller decided on. */
  | "REVISION_MISMATCH"
  /** The idempotency key was used before, with another input. */
  | "IDEMPOTENCY_KEY_REUSED";

export type CommandResult<State, Code extends string> =
  | {
      readonly outcome: "accepted";
      readonly state: State;
      /** Of the stream's last event; `undefined` when there was nothing to record and nothing recorded. */
      readonly position: Position | undefined;
      /** Of the stream's last event; `"no-stream"` when there is none. */
      readonly revision: StreamRevision;
      /** Ids of the events that this command appended, now or when it was first sent. */
      readonly eventIds: readonly string[];
    }
  | {
      readonly outcome: "rejected";
      readonly rejection: Rejection<Code | HandlerRejectionCode>;
      /** As it was when the command was refused; `undefined` when the stream kept changing. */
      readonly state?: State;
    };

export interface CommandContext {
  readonly meta: EventMeta;
  /** Refuse unless the stream is at this revision. (Default: decide on whatever is there) */
  readonly expectedRevision?: StreamRevision;
  /**
   * The request may be sent again: events whose `$causationId` is this command's own are its first outcome,
   * for 7 days. Their `$correlationId` differs when the same key came with another input. (Default: false)
   */
  readonly repeatable?: { readonly nowMs: number };
}

export type CommandHandler<State, Command, Code extends string> = (
  stream: string,
  command: Command,
  context: CommandContext,
) => Promise<CommandResult<State, Code>>;

/** What a kind of stream is made of: how it decides, and how its events are written and read. */
export interface StreamKind<State, Command, Event extends DomainEvent, Code extends string> {
  readonly decider: Decider<State, Command, Event, Code>;
  readonly codec: EventCodec<Event>;
  /** Whether the newest event alone is the state. (Default: the state is a fold of all events) */
  readonly newestIsState?: boolean;
}

/** Reads, folds, decides, appends; reads and decides afresh when another writer came first. */
export function commandHandler<State, Command, Event extends DomainEvent, Code extends string>(
  { decider, codec, newestIsState = false }: StreamKind<State, Command, Event, Code>,
  { store, newId }: { readonly store: EventStore; readonly newId: () => string },
): CommandHandler<State, Command, Code> {
  async function attempt(stream: string, command: Command, context: CommandContext) {
    const newestOnly = newestIsState && context.repeatable === undefined;
    // Where the newest event is the state, older ones are asked for the request alone, and recognised for a week.
    const recorded = await store.readStream(stream, { newestOnly, withoutArchived: newestIsState });
    const state = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
    const settled = settledBefore(recorded, context);
    if (settled) return { ...settled, state };

    const decision = decider.decide(command, state);
    if (decision.outcome === "rejected") return { ...decision, state };
    const { position, revision } = endOf(recorded);
    if (decision.events.length === 0) return accepted({ state, position, revision, eventIds: [] });

    const { meta } = context;
    const events = decision.events.map((event) => ({ ...codec.write(event), id: newId(), meta }));
    const result = await store.append(stream, { expectedRevision: revision, events });
    if (result.outcome === "conflict") return undefined;
    const eventIds = events.map(({ id }) => id);
    return accepted({ ...result, state: decision.events.reduce(decider.evolve, state), eventIds });
  }

  return async (stream, command, context) => {
    for (let attempts = 1; attempts <= attemptsMax; attempts++) {
      const result = await attempt(stream, command, context);
      if (result) return result;
    }
    return refuse("STREAM_BUSY", `${stream} changed ${attemptsMax} times while deciding: try again`);
  };
}

interface Accepted<State> {
  readonly state: State;
  readonly position: Position | undefined;
  readonly revision: StreamRevision;
  readonly eventIds: readonly string[];
}

function accepted<State>({ state, position, revision, eventIds }: Accepted<State>) {
  return { outcome: "accepted", state, position, revision, eventIds } as const;
}

function endOf(recorded: readonly RecordedEvent[]) {
  const last = recorded.at(-1);
  return { position: last?.position, revision: last?.revision ?? ("no-stream" as const) };
}

/** What is settled without deciding: the request was here before, or was meant for another revision. */
function settledBefore(
  recorded: readonly RecordedEvent[],
  { meta, expectedRevision, repeatable }: CommandContext,
) {
  const earlier = repeatable ? earlierOutcome(recorded, meta, repeatable.nowMs) : undefined;
  if (earlier === "reused") {
    return refuse("IDEMPOTENCY_KEY_REUSED", "the idempotency key was used before, with another input");
  }
  if (earlier) return { outcome: "accepted", ...earlier } as const;

  const { revision } = endOf(recorded);
  if (expectedRevision === undefined || expectedRevision === revision) return undefined;
  return refuse("REVISION_MISMATCH", `the stream is at revision ${revision}: read it again, decide again`);
}

/** Where what a request appended stands. */
interface EarlierOutcome {
  readonly position: Position;
  readonly revision: number;
  readonly eventIds: readonly string[];
}

/** What this same request appended when it was first sent; `"reused"` when its key came with another input. */
export function earlierOutcome(
  recorded: readonly RecordedEvent[],
  meta: EventMeta,
  nowMs: number,
): EarlierOutcome | "reused" | undefined {
  const own = recorded.filter(
    (event) => event.meta.$causationId === meta.$causationId && nowMs - event.time < idempotencyMs,
  );
  const last = own.at(-1);
  if (!last) return undefined;
  if (last.meta.$correlationId !== meta.$correlationId) return "reused";
  return { position: last.position, revision: last.revision, eventIds: own.map(({ id }) => id) };
}

function refuse(code: HandlerRejectionCode, message: string) {
  return { outcome: "rejected", rejection: { code, message } } as const;
}
