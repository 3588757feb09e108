import { describe, expect, test } from "vitest";
import { addressKind } from "../../src/domain/address/decide.ts";
import { addressStream } from "../../src/domain/address/events.ts";
import { claimKind } from "../../src/domain/claim/decide.ts";
import { macClaimStream } from "../../src/domain/claim/events.ts";
import { type CommandContext, commandHandler } from "../../src/domain/handle-command.ts";
import type { EventStore } from "../../src/domain/ports/event-store.ts";
import { keyOfMac } from "../../src/domain/values/reservation-key.ts";
import { countingIds, memoryLog, meta, typesOf } from "../support/recording.ts";
import { address, mac, machineId, nowMs, otherMachineId, subnet } from "../support/samples.ts";

const stream = macClaimStream(mac);
const claim = { type: "Claim", machineId } as const;
const release = { type: "Release", machineId } as const;
const context = { meta };

function claimsOn(store: EventStore) {
  return commandHandler(claimKind, { store, newId: countingIds() });
}

/** A store in which another writer comes first, as often as `times`. */
function contested(store: EventStore, times: number): EventStore {
  let left = times;
  return {
    ...store,
    async append(name, batch) {
      if (left-- <= 0) return store.append(name, batch);
      return { outcome: "conflict", actualRevision: 0 };
    },
  };
}

describe("handling a command", () => {
  test("appends what was decided, and tells where that is", async () => {
    const store = memoryLog();
    const result = await claimsOn(store)(stream, claim, context);
    const [recorded] = await store.readStream(stream);
    expect(recorded).toMatchObject({ type: "Claimed", schema: 1, data: { machineId }, meta, revision: 0 });
    expect(result).toEqual({
      outcome: "accepted",
      state: { status: "held", by: machineId, disputedBy: [] },
      position: recorded?.position,
      revision: 0,
      eventIds: [recorded?.id],
    });
  });

  test("tells where the stream is when there was nothing to record", async () => {
    const handle = claimsOn(memoryLog());
    expect(await handle(stream, release, context)).toEqual({
      outcome: "accepted",
      state: { status: "free" },
      position: undefined,
      revision: "no-stream",
      eventIds: [],
    });
    const first = await handle(stream, claim, context);
    expect(await handle(stream, claim, context)).toEqual({ ...first, eventIds: [] });
  });

  test("hands a refusal on with the state that it was decided on, and appends nothing", async () => {
    const store = memoryLog();
    const handle = claimsOn(store);
    await handle(stream, claim, context);
    expect(await handle(stream, { ...claim, machineId: otherMachineId }, context)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "CLAIM_HELD" },
      state: { status: "held", by: machineId },
    });
    expect(await typesOf(store, stream)).toEqual(["Claimed"]);
  });
});

describe("a stream that another writer changed meanwhile", () => {
  test("is read and decided on afresh", async () => {
    const store = memoryLog();
    let overtaken = false;
    const racing: EventStore = {
      ...store,
      async append(name, batch) {
        if (overtaken) return store.append(name, batch);
        overtaken = true;
        await claimsOn(store)(stream, { ...claim, machineId: otherMachineId }, context);
        return store.append(name, batch);
      },
    };
    const handle = commandHandler(claimKind, { store: racing, newId: countingIds(100) });
    expect(await handle(stream, claim, context)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "CLAIM_HELD" },
      state: { by: otherMachineId },
    });
  });

  test("is tried five times, and no more", async () => {
    const store = memoryLog();
    expect(await claimsOn(contested(store, 4))(stream, claim, context)).toMatchObject({
      outcome: "accepted",
    });
    expect(await claimsOn(contested(memoryLog(), 5))(stream, claim, context)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "STREAM_BUSY", message: expect.stringContaining(stream) },
    });
  });
});

describe("a command for a certain revision", () => {
  test("is accepted at that revision", async () => {
    const handle = claimsOn(memoryLog());
    expect(await handle(stream, claim, { meta, expectedRevision: "no-stream" })).toMatchObject({
      revision: 0,
    });
    expect(await handle(stream, release, { meta, expectedRevision: 0 })).toMatchObject({ revision: 1 });
  });

  test("is refused at any other", async () => {
    const handle = claimsOn(memoryLog());
    const refused = { outcome: "rejected", rejection: { code: "REVISION_MISMATCH" } };
    expect(await handle(stream, claim, { meta, expectedRevision: 0 })).toMatchObject(refused);
    await handle(stream, claim, context);
    expect(await handle(stream, release, { meta, expectedRevision: "no-stream" })).toMatchObject(refused);
  });
});

describe("a request that may be sent again", () => {
  const repeatable: CommandContext = { meta, repeatable: { nowMs } };
  const sevenDaysMs = 7 * 24 * 3_600_000;

  test("answers as the first time, whatever happened since, and appends nothing", async () => {
    const store = memoryLog();
    const handle = claimsOn(store);
    const first = await handle(stream, claim, repeatable);
    await handle(stream, release, { meta: { ...meta, $causationId: "another request" } });

    const second = await handle(stream, claim, repeatable);
    expect(second).toEqual({ ...first, state: { status: "free" } });
    expect(await typesOf(store, stream)).toEqual(["Claimed", "Released"]);
  });

  test("answers as the first time although the stream is not at the revision any more", async () => {
    const handle = claimsOn(memoryLog());
    const expecting: CommandContext = { ...repeatable, expectedRevision: "no-stream" };
    const first = await handle(stream, claim, expecting);
    expect(await handle(stream, claim, expecting)).toEqual(first);
  });

  test("is refused when its key comes with another input", async () => {
    const handle = claimsOn(memoryLog());
    await handle(stream, claim, repeatable);
    const other = { ...repeatable, meta: { ...meta, $correlationId: "of another input" } };
    expect(await handle(stream, release, other)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "IDEMPOTENCY_KEY_REUSED" },
    });
  });

  test("is a new one after seven days", async () => {
    const store = memoryLog();
    const handle = claimsOn(store);
    await handle(stream, claim, repeatable);
    const stillKnown = { meta, repeatable: { nowMs: nowMs + sevenDaysMs - 1 } };
    expect(await handle(stream, release, stillKnown)).toMatchObject({ revision: 0 });
    const forgotten = { meta, repeatable: { nowMs: nowMs + sevenDaysMs } };
    expect(await handle(stream, release, forgotten)).toMatchObject({ revision: 1 });
  });

  test("is recognised also where only the newest event is the state", async () => {
    const store = memoryLog();
    const reads: unknown[] = [];
    const watched: EventStore = {
      ...store,
      readStream(name, slice) {
        reads.push(slice);
        return store.readStream(name, slice);
      },
    };
    const handle = commandHandler(addressKind, { store: watched, newId: countingIds() });
    const reserve = { type: "ReserveAddress", subnet: subnet.name, key: keyOfMac(mac), nowMs } as const;
    const addresses = addressStream(address);
    const first = await handle(addresses, reserve, repeatable);
    await handle(addresses, { type: "RemoveReservation" }, { meta: { ...meta, $causationId: "other" } });
    expect(await handle(addresses, reserve, repeatable)).toMatchObject({
      revision: 0,
      eventIds: first.outcome === "accepted" ? first.eventIds : [],
    });
    expect(reads).toMatchObject([{ newestOnly: false }, { newestOnly: true }, { newestOnly: false }]);
  });
});
