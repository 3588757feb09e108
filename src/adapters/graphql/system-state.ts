import type { EventReader } from "../../domain/ports/event-store.ts";
import { systemKind } from "../../domain/system/decide.ts";
import { type SystemEvent, systemStream } from "../../domain/system/events.ts";
import type { System } from "../../domain/system/state.ts";

/** What the service may do, from the log itself: a decision on it must not lag. */
export interface SystemNow {
  readonly system: System;
  /** What was restored, when the service is fenced for it. */
  readonly restore: Extract<SystemEvent, { type: "RestoreDetected" }>["data"] | undefined;
}

export async function readSystem(log: EventReader): Promise<SystemNow> {
  const { codec, decider } = systemKind;
  const recorded = await log.readStream(systemStream);
  const events = recorded.map(codec.read);
  const system = events.reduce(decider.evolve, decider.initial);
  const last = events.findLast((event) => event.type === "RestoreDetected");
  return { system, restore: system.fenced ? last?.data : undefined };
}
