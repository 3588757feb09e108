import { describe } from "vitest";
import { openLogReader } from "../../../../src/adapters/event-store/sqlite/open-reader.ts";
import { createSqliteEventStore } from "../../../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { eventStoreContract } from "../../../contracts/event-store.contract.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { openTestLog, serveTestLog, temporaryDirectory } from "./support.ts";

const defaultClock = () => new Date("2026-01-01T00:00:00Z");

describe("a client that lets the log's thread read", () => {
  eventStoreContract(async (clock = defaultClock) => {
    const server = serveTestLog(openTestLog(temporaryDirectory(), { clock }));
    return createSqliteEventStore(server.connect());
  });
});

describe("a client with a connection of its own", () => {
  eventStoreContract(async (clock = defaultClock) => {
    const directory = temporaryDirectory();
    const server = serveTestLog(openTestLog(directory, { clock }));
    const reader = openLogReader(directory);
    afterwards(() => reader.close());
    return createSqliteEventStore(server.connect(), { reader });
  });
});
