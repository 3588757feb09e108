import { describe, expect, test } from "vitest";
import { eventLoopTurn } from "../../../src/boot/tftp/turn.ts";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe("a turn of the event loop", () => {
  test("lets 128 packets go, and the rest wait for the next turn in the order of their coming", async () => {
    const turn = eventLoopTurn();
    let sent = 0;
    while (turn.take()) sent += 1;
    expect(sent).toBe(128);
    const resumed: string[] = [];
    turn.later(() => {
      while (turn.take()) sent += 1;
      resumed.push("first");
      turn.later(() => resumed.push("first again"));
    });
    turn.later(() => resumed.push(turn.take() ? "second sends" : "second waits"));
    await nextTurn();
    expect(sent).toBe(256);
    expect(resumed).toEqual(["first", "second waits"]);
    await nextTurn();
    expect(resumed).toEqual(["first", "second waits", "first again"]);
    expect(turn.take()).toBe(true);
  });
});
