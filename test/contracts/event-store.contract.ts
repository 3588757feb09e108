import { describe } from "vitest";
import { appendingContract } from "./event-store.appending.ts";
import { readingContract } from "./event-store.reading.ts";
import { subscribingContract } from "./event-store.subscribing.ts";
import type { CreateStore } from "./event-store.support.ts";

/** What every event store must do. Each adapter's test calls this with its own factory. */
export function eventStoreContract(create: CreateStore): void {
  describe("event store contract: appending", () => appendingContract(create));
  describe("event store contract: reading", () => readingContract(create));
  describe("event store contract: subscribing", () => subscribingContract(create));
}
