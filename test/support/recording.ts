import { createMemoryEventStore } from "../../src/adapters/event-store/memory/memory-event-store.ts";
import { accessKind } from "../../src/domain/access/decide.ts";
import { addressKind } from "../../src/domain/address/decide.ts";
import { bootEnvironmentKind } from "../../src/domain/boot-environment/decide.ts";
import { claimKind } from "../../src/domain/claim/decide.ts";
import type { DomainEvent, EventCodec } from "../../src/domain/event.ts";
import { commandHandler } from "../../src/domain/handle-command.ts";
import { machineKind } from "../../src/domain/machine/decide.ts";
import { networkKind } from "../../src/domain/network/decide.ts";
import type { EventMeta, EventStore, NewEvent, RecordedEvent } from "../../src/domain/ports/event-store.ts";
import { systemKind } from "../../src/domain/system/decide.ts";
import { nowMs } from "./samples.ts";

export const meta: EventMeta = {
  actor: "user:ada",
  source: "graphql",
  $correlationId: "01920000-0000-7000-8000-00000000c0de",
  $causationId: "01920000-0000-7000-8000-00000000ca5e",
};

/** A log whose clock moves on by a second at each append, from 2026-01-01T00:00:00Z. */
export function memoryLog(): EventStore {
  let seconds = 0;
  return createMemoryEventStore(() => new Date(nowMs + 1000 * seconds++));
}

/** Version 7 UUIDs that count upwards from `first`, so that a test sees the same ids each time. */
export function countingIds(first = 1): () => string {
  let count = first;
  return () => `01920000-0000-7000-8000-${String(count++).padStart(12, "0")}`;
}

/** Events as a command handler would hand them to the log. */
export function asNew<Event extends DomainEvent>(
  codec: EventCodec<Event>,
  events: readonly Event[],
  newId: () => string = countingIds(),
): NewEvent[] {
  return events.map((event) => ({ ...codec.write(event), id: newId(), meta }));
}

/** Events as the log would hand them back, a second apart. */
export async function asRecorded<Event extends DomainEvent>(
  stream: string,
  codec: EventCodec<Event>,
  events: readonly Event[],
): Promise<readonly RecordedEvent[]> {
  const log = memoryLog();
  for (const [index, event] of asNew(codec, events).entries()) {
    await log.append(stream, { expectedRevision: index === 0 ? "no-stream" : index - 1, events: [event] });
  }
  return log.readStream(stream);
}

/** Every command handler, as the service wires them. */
export function handlersOn(store: EventStore) {
  const shell = { store, newId: countingIds() };
  return {
    handleMachine: commandHandler(machineKind, shell),
    handleClaim: commandHandler(claimKind, shell),
    handleAddress: commandHandler(addressKind, shell),
    handleNetwork: commandHandler(networkKind, shell),
    handleBootEnvironment: commandHandler(bootEnvironmentKind, shell),
    handleAccess: commandHandler(accessKind, shell),
    handleSystem: commandHandler(systemKind, shell),
  };
}

/** The types of a stream's events, oldest first. */
export async function typesOf(store: EventStore, stream: string): Promise<readonly string[]> {
  return (await store.readStream(stream)).map(({ type }) => type);
}
