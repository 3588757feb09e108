/**
 * A process of its own that appends without pause and writes what becomes of it, a line each, to its standard
 * output: `open`, `appended <event id>`, `refused <code>`, `health <status>`. It ends only by a signal.
 *
 * node writer-process.ts <directory>
 */
import { startLogThread } from "../../../../src/adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { EventStoreError } from "../../../../src/domain/ports/event-store.ts";
import { newId } from "../../../../src/ids.ts";

const inFlight = 32;
const [, , directory = ""] = process.argv;
const say = (line: string) => new Promise((resolve) => process.stdout.write(`${line}\n`, resolve));

const thread = await startLogThread({
  entry: new URL("../../../../src/threads/log.ts", import.meta.url),
  directory,
  onHealth: ({ status }) => say(`health ${status}`),
  onWarning: (message) => say(`warning ${message}`),
  onFailure(error) {
    throw error;
  },
});
const store = createSqliteEventStore(thread.connect());
await say("open");
await Promise.all(Array.from({ length: inFlight }, (_, index) => appendForEver(`machine-${index}`)));

async function appendForEver(stream: string): Promise<never> {
  for (;;) {
    const id = newId();
    const meta = { actor: "system", source: "test", $correlationId: id, $causationId: id };
    const event = { id, type: "Numbered", schema: 1, data: { text: "x".repeat(200) }, meta };
    await say(await outcomeOf(store.append(stream, { expectedRevision: "any", events: [event] }), id));
  }
}

async function outcomeOf(appending: Promise<unknown>, id: string): Promise<string> {
  try {
    await appending;
    return `appended ${id}`;
  } catch (error) {
    if (error instanceof EventStoreError) return `refused ${error.code}`;
    throw error;
  }
}
