import { describe, expect, test } from "vitest";
import { changesIn } from "../../../../src/adapters/graphql/feeds/changes.ts";
import type { RecordedEvent } from "../../../../src/domain/ports/event-store.ts";

const event = (position: string, stream: string, type: string) =>
  ({ position, stream, type }) as RecordedEvent;

describe("the changes of a page", () => {
  test("are put together by what they changed, in the order of the last of them", () => {
    const events = [
      event("1", "a", "Begun"),
      event("2", "b", "Begun"),
      event("3", "a", "Changed"),
      event("4", "a", "Changed"),
      event("5", "other", "Begun"),
    ];
    const changes = changesIn(events, ({ stream }) => (stream === "other" ? undefined : stream));
    expect([...changes]).toEqual([
      ["b", { position: "2", types: ["Begun"] }],
      ["a", { position: "4", types: ["Begun", "Changed"] }],
    ]);
  });
});
