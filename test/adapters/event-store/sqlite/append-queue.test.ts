import { MessageChannel } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { batchEvents, createAppendQueue } from "../../../../src/adapters/event-store/sqlite/append-queue.ts";

const { port1: port, port2 } = new MessageChannel();
port2.close();

describe("taking a batch of what is queued", () => {
  test("takes everything, in order, when it is little", () => {
    const queue = queueOf(3, 1, 2);
    expect(queue.takeBatch().map(({ call }) => call)).toEqual([0, 1, 2]);
    expect(queue.isEmpty()).toBe(true);
    expect(queue.takeBatch()).toEqual([]);
  });

  test("stops before more than 512 events, and goes on there", () => {
    const queue = queueOf(500, 12, 1, 511);
    expect(queue.takeBatch().map(({ call }) => call)).toEqual([0, 1]);
    expect(queue.takeBatch().map(({ call }) => call)).toEqual([2, 3]);
    expect(queue.isEmpty()).toBe(true);
  });

  test("takes a larger append whole and alone", () => {
    const queue = queueOf(batchEvents + 1, 1);
    expect(queue.takeBatch().map(({ call }) => call)).toEqual([0]);
    expect(queue.takeBatch().map(({ call }) => call)).toEqual([1]);
  });
});

function queueOf(...sizes: readonly number[]) {
  const queue = createAppendQueue();
  const event = { id: "", type: "", schema: 1, data: "", meta: "" };
  for (const [call, size] of sizes.entries()) {
    const events = Array.from({ length: size }, () => event);
    queue.push({
      port,
      call,
      append: { stream: "machine-1", expectedRevision: "any", events },
      arrivedMs: 0,
    });
  }
  return queue;
}
