import { expect, test } from "vitest";
import { firstRows } from "../../src/service/first-rows.ts";

const never = () => new Promise<void>(() => undefined);

test("rows that come in a moment are waited for, and others not for long", async () => {
  let shownVersion: number | undefined;
  const status = () => [{ shownVersion }];
  const built = Promise.withResolvers<void>();
  let isAnswered = false;
  const waiting = firstRows({ status, caughtUp: () => built.promise }, 60_000).then(() => {
    isAnswered = true;
  });
  await new Promise(setImmediate);
  expect(isAnswered).toBe(false);
  built.resolve();
  await waiting;
  await firstRows({ status, caughtUp: never }, 1);
  // Rows of before are an answer: nothing is waited for.
  shownVersion = 1;
  await firstRows({ status, caughtUp: never }, 60_000);
});
