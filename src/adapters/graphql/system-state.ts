import type { EventReader, Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import { systemKind } from "../../domain/system/decide.ts";
import { BackupTaken, type SystemEvent, systemStream } from "../../domain/system/events.ts";
import type { System } from "../../domain/system/state.ts";
import type { BackupModel } from "./models.ts";

/** What the service may do, from the log itself: a decision on it must not lag. */
export interface SystemNow {
  readonly system: System;
  /** What was restored, when the service is fenced for it. */
  readonly restore: Extract<SystemEvent, { type: "RestoreDetected" }>["data"] | undefined;
  /** The newest copy of the log that it tells of. */
  readonly lastBackup: BackupModel | undefined;
}

/** `until`: as it was after the event there. (Default: as it is now) */
export async function readSystem(log: Pick<EventReader, "readStream">, until?: Position): Promise<SystemNow> {
  const { codec, decider } = systemKind;
  const recorded = (await log.readStream(systemStream)).filter(
    ({ position }) => until === undefined || position <= until,
  );
  const events = recorded.map(codec.read);
  const system = events.reduce(decider.evolve, decider.initial);
  const last = events.findLast((event) => event.type === "RestoreDetected");
  const backup = recorded.findLast(({ type }) => type === BackupTaken.type);
  return { system, restore: system.fenced ? last?.data : undefined, lastBackup: backup && backupOf(backup) };
}

/** The copy of the log that an event tells of. */
export function backupOf(recorded: RecordedEvent): BackupModel | undefined {
  if (recorded.type !== BackupTaken.type) return undefined;
  const event = systemKind.codec.read(recorded);
  return event.type === "BackupTaken" ? { ...event.data, takenAtMs: recorded.time } : undefined;
}
