import { type EventData, jsonEvent, type ResolvedEvent } from "@eventstore/db-client";
import { z } from "zod";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import { RestoreEvidence } from "../../../domain/system/events.ts";
import type { LogIdentity } from "../position.ts";
import type { Restored } from "../sqlite/fence.ts";
import { identityStream } from "./envelope.ts";

const LogName = z.object({
  logId: z.string().regex(/^[0-9a-f]{16}$/),
  incarnation: z.string().regex(/^[0-9a-f]{12}$/),
  /** Why this incarnation began; absent: nothing was restored. */
  restored: z
    .object({ evidence: RestoreEvidence, previousIncarnation: z.string(), message: z.string() })
    .optional(),
  /** Of a log that goes on elsewhere: where, for people. */
  to: z.string().optional(),
});

const types = { named: "LogNamed", moved: "LogMoved" } as const;

/** What the newest event of `identityStream` says: which log the engine holds. */
export interface NamedLog extends LogIdentity {
  readonly restored: Restored | undefined;
  /** Where the log was moved to, for people; `undefined`: it is here. */
  readonly movedTo: string | undefined;
  /** Of the event that says so. */
  readonly revision: number;
}

/** @throws EventStoreError `LOG_DAMAGED` when it says nothing of the kind */
export function readLogName({ event }: ResolvedEvent): NamedLog {
  const read = LogName.safeParse(event?.data);
  if (!read.success) {
    throw new EventStoreError("LOG_DAMAGED", `stream ${identityStream} of the engine names no log`);
  }
  const { logId, incarnation, restored, to } = read.data;
  const movedTo = event?.type === types.moved ? to : undefined;
  return { logId, incarnation, restored, movedTo, revision: Number(event?.revision) };
}

/** Says which log the engine holds, and why this incarnation of it began where it is not the first. */
export function nameEvent({ logId, incarnation }: LogIdentity, restored?: Restored): EventData {
  const data = { logId, incarnation, ...(restored && { restored: { ...restored } }) };
  return jsonEvent({ type: types.named, data });
}

/** Says that the log goes on elsewhere: no service starts on it any more. */
export function movedEvent({ logId, incarnation }: LogIdentity, to: string): EventData {
  return jsonEvent({ type: types.moved, data: { logId, incarnation, to } });
}
