import type { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { checkTail, tailBytesMin } from "../../../../src/adapters/event-store/sqlite/tail-check.ts";
import type { NewEvent } from "../../../../src/domain/ports/event-store.ts";
import { numbered } from "../../../contracts/event-store.support.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "./support.ts";

const eventBytes = 100_000;
const count = 30;

const largeEvent = (number: number): NewEvent => ({
  ...numbered(number),
  data: { text: "x".repeat(eventBytes) },
});

/** A log of large events of which one was changed afterwards. */
async function logWithChanged(position: number): Promise<DatabaseSync> {
  const directory = temporaryDirectory();
  const log = openTestLog(directory);
  for (let number = 1; number <= count; number++) commit(log, `machine-${number % 3}`, [largeEvent(number)]);
  await log.close();
  const raw = openRaw(directory);
  raw.exec(
    `DROP TRIGGER event_never_changes; UPDATE event SET data = '{"text":""}' WHERE position = ${position}`,
  );
  return raw;
}

describe("looking at the newest events of a log", () => {
  test("finds what was changed in the last octets", async () => {
    const newest = count - Math.floor(tailBytesMin / eventBytes) + 1;
    const database = await logWithChanged(newest);
    expect(() => checkTail(database)).toThrow(`the last good event is number ${newest - 1}.`);
  });

  test("leaves what is older to a verification, so that the length of a log does not matter", async () => {
    const database = await logWithChanged(3);
    expect(() => checkTail(database)).not.toThrow();
  });

  test("looks at as much as the write-ahead log can have changed", async () => {
    const database = await logWithChanged(3);
    expect(() => checkTail(database, (count - 2) * eventBytes)).toThrow("the last good event is number 2.");
    expect(() => checkTail(database, (count - 4) * eventBytes)).not.toThrow();
  });

  test("reads no more of a long log than that", async () => {
    const database = await logWithChanged(3);
    // What is read of a page that is no longer there fails; only the newest events are.
    database.exec("DROP TRIGGER event_stays; DELETE FROM event WHERE position < 15");
    expect(() => checkTail(database)).not.toThrow();
  });
});
