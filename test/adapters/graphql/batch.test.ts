import { describe, expect, test } from "vitest";
import { batched } from "../../../src/adapters/graphql/batch.ts";
import type { GraphqlContext } from "../../../src/adapters/graphql/context.ts";

/** A look-up that knows numbers below ten, and keeps what it was asked. */
function counted() {
  const asked: (readonly number[])[] = [];
  const find = batched((keys: readonly number[]) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key < 10).map((key) => [key, `number ${key}`]));
  });
  return { asked, find };
}

const request = () => ({}) as GraphqlContext;

describe("looking up what a page names", () => {
  test("is done once for all of it, and once for each thing", async () => {
    const { asked, find } = counted();
    const context = request();
    const found = await Promise.all([1, 2, 1, 12].map((key) => find(key, context)));
    expect(found).toEqual(["number 1", "number 2", "number 1", null]);
    expect(asked).toEqual([[1, 2, 12]]);
  });

  test("is done anew in the next turn and for another request", async () => {
    const { asked, find } = counted();
    const context = request();
    await Promise.all([find(1, context), find(1, request())]);
    await find(1, context);
    expect(asked).toEqual([[1], [1], [1]]);
  });

  test("fails for all who asked", async () => {
    const find = batched(() => {
      throw new Error("no view");
    });
    const context = request();
    const asked = [1, 2].map((key) => find(key, context));
    for (const each of asked) await expect(each).rejects.toThrow("no view");
  });
});
