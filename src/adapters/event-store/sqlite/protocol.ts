import type { MessagePort } from "node:worker_threads";
import {
  type EventFilter,
  EventStoreError,
  type EventStoreErrorCode,
  type ExpectedRevision,
  type StreamRevision,
  type StreamSlice,
} from "../../../domain/ports/event-store.ts";
import type { LogIdentity } from "../position.ts";
import type { PreparedEvent } from "../prepare.ts";
import type { Append, AppendOutcome } from "./writer.ts";

/**
 * One end of a line to the log's thread. Can be handed to another thread, with `port` in the transfer list.
 */
export interface LogLine extends LogIdentity {
  readonly port: MessagePort;
}

/** Appends and their outcomes travel as one flat array for many: half the cost of objects. */
export type Flat = (string | number)[];

/** What a client sends. `call` numbers its questions. */
export type ClientMessage =
  | { readonly appends: Flat }
  | { readonly call: number; readonly read: ReadRequest };

export type ReadRequest =
  | { readonly of: "head" }
  | { readonly of: "stream"; readonly stream: string; readonly slice: StreamSlice }
  | {
      readonly of: "page";
      readonly after: number;
      readonly limit: number;
      readonly filter: EventFilter | undefined;
    };

/** What the log's thread sends. Outcomes also tell that the log may have grown. */
export type ServerMessage =
  /** `head`: the newest position that the transaction wrote, of whomever; 0: none. */
  | { readonly outcomes: Flat; readonly head: number }
  /** `undefined`: nobody knows how far. */
  | { readonly grown: number | undefined }
  | { readonly call: number; readonly answer: unknown }
  | { readonly call: number; readonly failure: Failure };

/** An error on its way between threads, which would make a plain `Error` of it. */
export interface Failure {
  readonly code: EventStoreErrorCode | undefined;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: error instanceof EventStoreError ? error.code : undefined, message };
}

export function errorOf({ code, message }: Failure): Error {
  return code === undefined ? new Error(message) : new EventStoreError(code, message);
}

export function writeAppend(flat: Flat, call: number, { stream, expectedRevision, events }: Append): void {
  flat.push(call, stream, expectedRevision, events.length);
  for (const { id, type, schema, data, meta } of events) flat.push(id, type, schema, data, meta);
}

export function readAppends(flat: Flat): { readonly call: number; readonly append: Append }[] {
  const appends = [];
  const next = cursor(flat);
  while (next.more()) {
    const call = next.number();
    const stream = next.text();
    const expectedRevision = next.any() as ExpectedRevision;
    const events: PreparedEvent[] = [];
    for (let count = next.number(); count > 0; count--) {
      const id = next.text();
      const type = next.text();
      events.push({ id, type, schema: next.number(), data: next.text(), meta: next.text() });
    }
    appends.push({ call, append: { stream, expectedRevision, events } });
  }
  return appends;
}

export function writeOutcome(flat: Flat, call: number, outcome: AppendOutcome): void {
  flat.push(call, outcome.outcome);
  switch (outcome.outcome) {
    case "appended":
      flat.push(outcome.revision, outcome.position, outcome.time);
      break;
    case "conflict":
      flat.push(outcome.actualRevision);
      break;
    case "failed":
      flat.push(outcome.error.code, outcome.error.message);
      break;
  }
}

export function readOutcomes(flat: Flat): { readonly call: number; readonly outcome: AppendOutcome }[] {
  const outcomes = [];
  const next = cursor(flat);
  while (next.more()) outcomes.push({ call: next.number(), outcome: readOutcome(next) });
  return outcomes;
}

function readOutcome(next: ReturnType<typeof cursor>): AppendOutcome {
  const outcome = next.text() as AppendOutcome["outcome"];
  switch (outcome) {
    case "appended":
      return { outcome, revision: next.number(), position: next.number(), time: next.number() };
    case "conflict":
      return { outcome, actualRevision: next.any() as StreamRevision };
    case "failed":
      return { outcome, error: new EventStoreError(next.text() as EventStoreErrorCode, next.text()) };
  }
}

/** Both ends are this file, so what is read has the type that was written. */
function cursor(flat: Flat) {
  let at = 0;
  const any = () => flat[at++];
  return { more: () => at < flat.length, any, text: () => any() as string, number: () => any() as number };
}
