import { expect, test } from "vitest";
import { createTurns } from "../../../../src/adapters/event-store/eventstoredb/turns.ts";

/** Work that says when it begins, and ends when it is told to. */
function steered() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.set(name, resolve));
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { begun, work, end };
}

test("work with one key is done in turn, that with another beside it", async () => {
  const turns = createTurns(10);
  const { begun, work, end } = steered();
  void turns.run("a", work("a1"));
  void turns.run("a", work("a2"));
  void turns.run("b", work("b1"));
  await end("");
  expect(begun).toEqual(["a1", "b1"]);
  await end("a1");
  expect(begun).toEqual(["a1", "b1", "a2"]);
});

test("no more than the most are at work, and who waits comes in its order", async () => {
  const turns = createTurns(2);
  const { begun, work, end } = steered();
  for (const name of ["a", "b", "c", "d"]) void turns.run(name, work(name));
  await end("");
  expect(begun).toEqual(["a", "b"]);
  await end("b");
  await end("a");
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("work that fails is told to who asked for it, and holds up nobody", async () => {
  const turns = createTurns(1);
  const failed = turns.run("a", () => Promise.reject(new Error("no")));
  const done = turns.run("a", async () => "yes");
  await expect(failed).rejects.toThrow("no");
  expect(await done).toBe("yes");
});

test("is idle when all is done, also what came meanwhile", async () => {
  const turns = createTurns(1);
  let done = 0;
  const count = async () => void done++;
  void turns.run("a", async () => {
    void turns.run("a", count);
    await count();
  });
  await turns.idle();
  expect(done).toBe(2);
});
