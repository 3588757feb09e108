import { describe, expect, test } from "vitest";
import { EventStoreError } from "../../../src/domain/ports/event-store.ts";
import { ada, bob, cyd, dhcpService, lease, serverAddress } from "./support.ts";

describe("a log that takes nothing", () => {
  test.each(["LOG_READ_ONLY", "LOG_OVERLOADED"] as const)("acknowledges nothing: %s", async (code) => {
    const { say, service } = await dhcpService({
      store: (log) => ({
        ...log,
        append: () => Promise.reject(new EventStoreError(code, "the disk is full")),
      }),
    });
    expect(await say(ada("discover"))).toMatchObject({ type: "offer" });
    expect(await say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).toBe("silence");
    expect(service.counters.unrecorded).toBe(1);
  });

  test("that is slow delays the acknowledgement until the lease is on disk", async () => {
    const appended = Promise.withResolvers<void>();
    const { say } = await dhcpService({
      store: (log) => ({
        ...log,
        append: async (...batch) => {
          await appended.promise;
          return log.append(...batch);
        },
      }),
    });
    let heard: unknown;
    const answered = say(ada("request", { requested: "10.77.0.10", server: serverAddress })).then((reply) => {
      heard = reply;
    });
    await say(bob("discover"));
    expect(heard).toBeUndefined();
    appended.resolve();
    await answered;
    expect(heard).toMatchObject({ type: "ack" });
  });

  test("that is slow sheds DHCPDISCOVERs first, then new requests, and drops repeats", async () => {
    const waiting: (() => void)[] = [];
    const { say, service } = await dhcpService({
      options: { changesMax: 2 },
      store: (log) => ({
        ...log,
        append: (stream, batch) =>
          new Promise((resolve) => waiting.push(() => resolve(log.append(stream, batch)))),
      }),
    });
    const first = say(ada("request", { requested: "10.77.0.10", server: serverAddress }));
    expect(await say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).toBe("silence");
    expect(await say(cyd("discover"))).toBe("silence");
    const second = say(bob("request", { requested: "10.77.0.11", server: serverAddress }));
    expect(await say(cyd("request", { requested: "10.77.0.12", server: serverAddress }))).toBe("silence");
    expect(service.counters.shed).toBe(3);
    for (const resume of waiting) resume();
    expect(await first).toMatchObject({ type: "ack" });
    expect(await second).toMatchObject({ type: "ack" });
  });
});

describe("a stream that never stands still", () => {
  test("gets no answer: the client asks again", async () => {
    const { say } = await dhcpService({
      store: (log) => ({
        ...log,
        append: async () => ({ outcome: "conflict", actualRevision: "no-stream" }),
      }),
    });
    expect(await say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).toBe("silence");
  });

  test("lets a bug of the store through to whoever counts them", async () => {
    const { say } = await dhcpService({
      store: (log) => ({ ...log, append: () => Promise.reject(new TypeError("a bug")) }),
    });
    await expect(say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).rejects.toThrow(
      "a bug",
    );
  });
});

describe("another writer on the same log", () => {
  test("came first: the client that comes second is refused", async () => {
    const service = await dhcpService();
    const other = await dhcpService({ store: () => service.log });
    await lease(other, bob);
    expect(await service.say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).toEqual({
      type: "nak",
    });
    expect(await service.history("10.77.0.10")).toEqual(["LeaseGranted"]);
  });

  test("granted the same client: it is acknowledged, with one event", async () => {
    const service = await dhcpService();
    const other = await dhcpService({ store: () => service.log });
    await lease(other, ada);
    expect(
      await service.say(ada("request", { requested: "10.77.0.10", server: serverAddress })),
    ).toMatchObject({
      type: "ack",
    });
    expect(await service.history("10.77.0.10")).toEqual(["LeaseGranted"]);
  });
});
