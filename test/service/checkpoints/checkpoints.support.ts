import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import type { LogIdentity } from "../../../src/adapters/event-store/position.ts";
import { Checkpoints } from "../../../src/config/checkpoints.ts";
import type { Config } from "../../../src/config.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { systemCodec, systemStream } from "../../../src/domain/system/events.ts";
import { newId } from "../../../src/ids.ts";
import { logTree } from "../../../src/projections/views/log-tree.ts";
import { openCheckpoints } from "../../../src/service/checkpoints/open-checkpoints.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { asNew } from "../../support/recording.ts";
import { samples } from "../../support/samples.ts";

export const identity: LogIdentity = { logId: "0123456789abcdef", incarnation: "000100000000" };
export const life = `${identity.logId}.${identity.incarnation}`;

export function emptyLog(of = identity): EventStore {
  return createMemoryEventStore(() => new Date(), of);
}

/** Something happens that often. */
export async function grow(store: EventStore, count: number): Promise<void> {
  for (let done = 0; done < count; done++) {
    const events = asNew(systemCodec, [samples.ServiceStarted], newId);
    await store.append(systemStream, { expectedRevision: "any", events });
  }
}

export interface Opening {
  readonly dataDirectory?: string;
  readonly settings?: Partial<Config["checkpoints"]>;
  readonly isLeader?: boolean;
}

/** The signing of a log by a process that came to see all of it; it ends with the test. */
export async function openOn(store: EventStore, opening: Opening = {}) {
  const { dataDirectory = temporaryDirectory(), settings = {}, isLeader = false } = opening;
  const lines: string[] = [];
  const projector = await projectorOn(store, join(temporaryDirectory(), "views"), { views: [logTree] });
  const checkpoints = await openCheckpoints({
    ...{ store, projector, dataDirectory, newId },
    settings: { ...Checkpoints.parse({}), ...settings },
    isLeader: () => isLeader,
    clock: () => new Date(),
    log: pino({ level: "warn" }, { write: (line) => void lines.push(line) }),
  });
  onTestFinished(() => checkpoints.close());
  async function seen(): Promise<void> {
    const head = await store.head();
    if (head !== undefined) await projector.waitFor(head, { timeoutMs: 30_000 });
  }
  await seen();
  return { ...checkpoints, dataDirectory, lines, seen };
}
