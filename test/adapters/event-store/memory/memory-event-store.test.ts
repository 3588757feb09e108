import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import { eventStoreContract } from "../../../contracts/event-store.contract.ts";

eventStoreContract(async (clock = () => new Date("2026-01-01T00:00:00Z")) => createMemoryEventStore(clock));
