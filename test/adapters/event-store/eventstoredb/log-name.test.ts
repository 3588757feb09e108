import type { EventData, ResolvedEvent } from "@eventstore/db-client";
import { describe, expect, test } from "vitest";
import {
  movedEvent,
  nameEvent,
  readLogName,
} from "../../../../src/adapters/event-store/eventstoredb/log-name.ts";

const identity = { logId: "0123456789abcdef", incarnation: "000211111111" };
const restored = {
  evidence: "migration",
  previousIncarnation: "000100000000",
  message: "moved here from a directory",
} as const;

/** As the engine gives it back: its JSON, at a revision. */
function stored({ type, data }: Pick<EventData, "type" | "data">): ResolvedEvent {
  const event = { type, data: JSON.parse(JSON.stringify(data)), revision: 3n };
  return { event } as unknown as ResolvedEvent;
}

describe("the name of an engine's log", () => {
  test("says which log it is, and why this incarnation began", () => {
    const here = { ...identity, movedTo: undefined, revision: 3 };
    expect(readLogName(stored(nameEvent(identity)))).toEqual({ ...here, restored: undefined });
    expect(readLogName(stored(nameEvent(identity, restored)))).toEqual({ ...here, restored });
  });

  test("says where a log that was moved goes on", () => {
    const name = readLogName(stored(movedEvent(identity, "/srv/ironledger/log")));
    expect(name).toMatchObject({ ...identity, movedTo: "/srv/ironledger/log" });
  });

  test.each([
    {},
    { logId: "mine", incarnation: "1" },
    { to: "elsewhere" },
  ])("is no name when somebody else wrote %j", (data) => {
    const read = () => readLogName(stored({ type: "LogNamed", data }));
    expect(read).toThrow(expect.objectContaining({ code: "LOG_DAMAGED" }));
  });
});
