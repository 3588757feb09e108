import { startLogThread } from "../../../../../src/adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { systemMeta } from "../../../../../src/domain/event-meta.ts";
import { systemCodec, systemStream } from "../../../../../src/domain/system/events.ts";
import { newId } from "../../../../../src/ids.ts";

/**
 * A process of its own that starts the log's thread once, which archives all that is signed, and prints as JSON what it
 * was told. In a log that is a copy it takes note of that, as the service does.
 *
 * node start-process.ts <directory>
 */
const [directory = ""] = process.argv.slice(2);
const notices: string[] = [];
const warnings: string[] = [];
const health: unknown[] = [];
const thread = await startLogThread({
  directory,
  retention: { sealAfterMs: 0, leastEvents: 1 },
  entry: new URL("../../../../../src/threads/log.ts", import.meta.url),
  onNotice: (message) => notices.push(message),
  onWarning: (message) => warnings.push(message),
  onHealth: (now) => health.push(now),
  onFailure(error) {
    throw error;
  },
});
const store = createSqliteEventStore(thread.connect());
if (thread.restored) {
  const event = systemCodec.write({ type: "RestoreDetected", data: thread.restored });
  const id = newId();
  const events = [{ ...event, id, meta: systemMeta(id) }];
  await store.append(systemStream, { expectedRevision: "any", events });
}
await store.close();
await thread.close();
process.stdout.write(JSON.stringify({ notices, warnings, health }));
