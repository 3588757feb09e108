import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLogReader } from "../../src/adapters/event-store/sqlite/open-reader.ts";
import { uuidText } from "../../src/adapters/event-store/sqlite/rows.ts";
import type { EventMeta } from "../../src/domain/ports/event-store.ts";

/** An event as it lies on the disk. */
export interface StoredEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  /** Milliseconds UTC. */
  readonly time: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: EventMeta;
  readonly hash: string;
}

/**
 * Everything in the log of a service that does not run, however it ended. Reads a copy, so that the log itself is
 * still as it was left.
 */
export async function readStoppedLog(dataDirectory: string): Promise<readonly StoredEvent[]> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-copy-"));
  try {
    await cp(join(dataDirectory, "log"), folder, { recursive: true });
    const reader = openLogReader(folder);
    try {
      return readAll(reader);
    } finally {
      reader.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readAll(reader: ReturnType<typeof openLogReader>): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (let after = 0; ; ) {
    const { rows, position, caughtUp } = reader.page({ after, limit: 1000, filter: undefined });
    for (const [, stream, , id, type, , time, data, meta, hash] of rows) {
      const eventId = uuidText(id);
      events.push({ eventId, stream, type, time, data: JSON.parse(data), meta: JSON.parse(meta), hash });
    }
    if (caughtUp) return events;
    after = position;
  }
}
