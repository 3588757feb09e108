/**
 * A program of its own that appends to a log without pause, many clients at once, each to a stream of its own, by the
 * log's real thread. What is asked for and what is answered it writes to a file, a line each, before it goes on:
 *
 *     open
 *     ask <client> <milliseconds> <event id> ...
 *     ack <milliseconds> <position> <revision> <last event id>
 *     saw <position> <event id>
 *     health writable | read-only
 *     time <milliseconds UTC of the newest event>
 *
 * node writer.ts <directory> <file> <clients>
 */
import { openSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { startLogThread } from "../../../src/adapters/event-store/sqlite/log-thread.ts";
import { openLogReader } from "../../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { EventStoreError, type NewEvent } from "../../../src/domain/ports/event-store.ts";
import { newId } from "../../../src/ids.ts";
import { threadEntry } from "../../../src/paths.ts";
import { steadyMs } from "../history/recorder.ts";
import { positionNumber } from "./position-number.ts";

const [, , directory = "", file = "", clients = ""] = process.argv;

/** How long a client waits before it asks again for what was not acknowledged, milliseconds. */
const againMs = 20;

/** Makes an event of an ordinary size. */
const text = "x".repeat(800);

const lines = openSync(file, "a");
const say = (line: string) => void writeSync(lines, `${line}\n`);

const thread = await startLogThread({
  entry: threadEntry("log"),
  directory,
  onHealth: ({ status }) => say(`health ${status}`),
  onWarning: () => undefined,
  onFailure(error) {
    throw error;
  },
});
// A second connection, as the service has some: whoever closes his is not the last one, which would tidy up.
const store = createSqliteEventStore(thread.connect(), { reader: openLogReader(directory) });
const head = await store.head();
say("open");
await Promise.all([
  watch(),
  ...Array.from({ length: Number(clients) }, (_, index) => appendForEver(`machine-${index}`)),
]);

async function appendForEver(stream: string): Promise<never> {
  const [newest] = await whenPossible(() => store.readStream(stream, { newestOnly: true }));
  let revision = newest?.revision;
  for (let number = 1; ; number++) {
    const events = Array.from({ length: 1 + (number % 3) }, newEvent);
    const ids = events.map(({ id }) => id);
    say(`ask ${stream} ${steadyMs()} ${ids.join(" ")}`);
    const expectedRevision = revision ?? "no-stream";
    const result = await whenPossible(() => store.append(stream, { expectedRevision, events }));
    if (result.outcome === "conflict") throw new Error(`${stream} is at ${result.actualRevision}`);
    revision = result.revision;
    say(`ack ${steadyMs()} ${positionNumber(result.position)} ${revision} ${ids.at(-1)}`);
    if (number % 50 === 0) say(`time ${result.time}`);
  }
}

/** Until the log does it: what is not acknowledged is asked for again, with the same ids at the same place. */
async function whenPossible<Result>(act: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof EventStoreError)) throw error;
      if (error.code !== "LOG_READ_ONLY" && error.code !== "LOG_UNREADABLE") throw error;
    }
    await delay(againMs);
  }
}

function newEvent(): NewEvent {
  const id = newId();
  const meta = { actor: "system", source: "test", $correlationId: id, $causationId: id };
  return { id, type: "Numbered", schema: 1, data: { text }, meta };
}

/** Follows the log from where it was at the start. */
async function watch(): Promise<void> {
  const { signal } = new AbortController();
  for await (const { events } of store.subscribe({ after: head, signal })) {
    for (const { position, id } of events) say(`saw ${positionNumber(position)} ${id}`);
  }
}
