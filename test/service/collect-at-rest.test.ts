import { expect, test } from "vitest";
import { collector } from "../../src/service/collect-at-rest.ts";

const megabyte = 1024 * 1024;

/** A thread's heap: work lets it grow, and collecting leaves what is alive. */
function heap() {
  let takenMb = 40;
  let busy = 0;
  let aliveMb = 40;
  let collections = 0;
  const look = collector({
    heapBytes: () => takenMb * megabyte,
    busyShare: () => busy,
    async collect() {
      collections++;
      takenMb = aliveMb;
    },
  });
  return {
    look,
    collections: () => collections,
    work(grownMb: number, keptMb: number) {
      takenMb += grownMb;
      aliveMb += keptMb;
      busy = 0.8;
    },
    rest() {
      busy = 0;
    },
  };
}

test("a thread that rests after much work collects, once", async () => {
  const { work, rest, look, collections } = heap();
  work(200, 50);
  await look();
  expect(collections()).toBe(0);
  rest();
  await look();
  await look();
  expect(collections()).toBe(1);
  work(10, 10);
  rest();
  await look();
  expect(collections()).toBe(1);
  work(20, 0);
  rest();
  await look();
  expect(collections()).toBe(2);
});

test("what V8 gave back by itself counts as given back", async () => {
  const { work, rest, look, collections } = heap();
  work(-20, -20);
  await look();
  work(25, 0);
  rest();
  await look();
  expect(collections()).toBe(1);
});

test("V8's collector gives back what nothing holds", async () => {
  const freed = Promise.withResolvers<void>();
  const registry = new FinalizationRegistry(freed.resolve);
  registry.register({ of: "nobody" }, undefined);
  let grown = 0;
  await collector({ heapBytes: () => (grown += 30 * megabyte), busyShare: () => 0 })();
  await freed.promise;
});
