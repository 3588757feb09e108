import { expect, test } from "vitest";
import { recentEvents } from "../../../src/boot/http/recent-events.ts";
import { bootCodec, bootStream } from "../../../src/domain/boot/events.ts";
import { asNew, countingIds, memoryLog } from "../../support/recording.ts";
import { mac, samples } from "../../support/samples.ts";

const stream = bootStream(mac);

async function streamOf(events: number) {
  const store = memoryLog();
  const batch = asNew(bootCodec, new Array(events).fill(samples.PxeRequested), countingIds());
  if (events > 0) await store.append(stream, { expectedRevision: "any", events: batch });
  return (await recentEvents(store, stream)).map(({ revision }) => revision);
}

test("a stream that is short is read whole, in its order", async () => {
  expect(await streamOf(0)).toEqual([]);
  expect(await streamOf(3)).toEqual([0, 1, 2]);
});

test("of a long one the newest five hundred are read", async () => {
  const revisions = await streamOf(720);
  expect([revisions.length, revisions.at(0), revisions.at(-1)]).toEqual([500, 220, 719]);
});
