import { describe, expect, test } from "vitest";
import { addressStream } from "../../src/domain/address/events.ts";
import { catalogue, catalogueEntryOf } from "../../src/domain/catalogue.ts";
import { address, mac, samples } from "../support/samples.ts";

const types = catalogue.flatMap(({ codec }) => codec.definitions).map(({ type }) => type);

describe("the catalogue", () => {
  test("names each type of event once", () => {
    expect(new Set(types).size).toBe(types.length);
  });

  test("has a sample of each type, and no other", () => {
    expect(Object.keys(samples).toSorted()).toEqual(types.toSorted());
  });

  test.each([
    [addressStream(address), "newest event"],
    ["network", "fold"],
    ["name-node-1", "fold"],
    [`boot-${mac}`, "none"],
  ])("tells what the state of %s is: %s", (stream, state) => {
    expect(catalogueEntryOf(stream)?.state).toBe(state);
  });

  test("knows no stream of another category", () => {
    expect(catalogueEntryOf("rollout-7")).toBeUndefined();
    expect(catalogueEntryOf("networks")).toBeUndefined();
  });
});
