import { describe, expect, test } from "vitest";
import { firstMeta, systemMeta } from "../../src/domain/event-meta.ts";

describe("naming what an event comes from", () => {
  test("makes what begins with somebody its own first and last cause", () => {
    expect(firstMeta({ actor: "user:ada", source: "graphql" }, "request-1")).toEqual({
      actor: "user:ada",
      source: "graphql",
      $correlationId: "request-1",
      $causationId: "request-1",
    });
  });

  test("names the service for what it does by itself", () => {
    expect(systemMeta("round-1")).toMatchObject({ actor: "system", source: "system" });
  });
});
