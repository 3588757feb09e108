import { expect, test, vi } from "vitest";
import type { EngineClient } from "../../../../src/adapters/event-store/eventstoredb/client.ts";
import { createConnection } from "../../../../src/adapters/event-store/eventstoredb/connection.ts";
import { NoAnswerError } from "../../../../src/adapters/event-store/eventstoredb/failure.ts";

/** A connection, and every client that it had: whether its channel was closed. */
function watched() {
  const channels: { readonly close: ReturnType<typeof vi.fn<() => void>> }[] = [];
  const connection = createConnection(() => {
    const channel = { close: vi.fn<() => void>() };
    channels.push(channel);
    const client = { dispose: async () => undefined, getChannel: async () => channel };
    return client as unknown as EngineClient;
  });
  return { connection, closed: () => channels.map(({ close }) => close.mock.calls.length > 0) };
}

const silence = () => Promise.reject(new NoAnswerError("the engine was silent"));

test("a client that says nothing is exchanged, and ends with its last call", async () => {
  const { connection, closed } = watched();
  const call = Promise.withResolvers<void>();
  const other = connection.use(() => call.promise);
  await expect(connection.use(silence)).rejects.toThrow("silent");
  expect(closed()).toEqual([false, false]);
  call.resolve();
  await other;
  await expect.poll(closed).toEqual([true, false]);
});

test("closing ends a client that was exchanged and still has a call, too", async () => {
  const { connection, closed } = watched();
  const call = Promise.withResolvers<void>();
  const other = connection.use(() => call.promise);
  await expect(connection.use(silence)).rejects.toThrow("silent");
  await connection.close();
  expect(closed()).toEqual([true, true]);
  call.resolve();
  await other;
});

test("a call that is answered by silence after the end brings no new client", async () => {
  const { connection, closed } = watched();
  const call = Promise.withResolvers<void>();
  const late = connection.use(() => call.promise);
  await connection.close();
  call.reject(new NoAnswerError("the engine was silent"));
  await expect(late).rejects.toThrow("silent");
  expect(closed()).toEqual([true]);
});
