import { expect, test, vi } from "vitest";
import { oneAtATime } from "../../../src/service/checkpoints/one-at-a-time.ts";

test("a round waits for the one before, and a failure is told once until it is over", async () => {
  const error = vi.fn();
  let end = Promise.withResolvers<void>();
  const round = vi.fn(() => end.promise);
  const next = oneAtATime(round, { error });
  /** Ends the round under way, begins another, and lets what follows from it happen. */
  async function turn(outcome: Error | undefined): Promise<void> {
    next();
    next();
    if (outcome) end.reject(outcome);
    else end.resolve();
    await vi.waitFor(() => expect(round.mock.settledResults.at(-1)?.type).not.toBe("incomplete"));
    await Promise.resolve();
    end = Promise.withResolvers();
  }
  await turn(new Error("the disk is full"));
  await turn(new Error("the disk is full"));
  expect(round).toHaveBeenCalledTimes(2);
  expect(error).toHaveBeenCalledTimes(1);
  await turn(new Error("the folder is gone"));
  await turn(undefined);
  await turn(new Error("the folder is gone"));
  expect(error).toHaveBeenCalledTimes(3);
  expect(round).toHaveBeenCalledTimes(5);
});
