import { describe } from "vitest";
import { eventStoreContract } from "../../../contracts/event-store.contract.ts";
import { startFixture } from "../../../support/esdb-fixture/engine.ts";
import { logOfItsOwn } from "./shared-engine.ts";
import { engine, openStore } from "./support.ts";

describe("a store on one node", () => {
  eventStoreContract(async (clock) => {
    const { connectionString } = await engine();
    return openStore(connectionString, clock && { clock });
  });
});

describe("a store on a cluster of three", () => {
  eventStoreContract(async (clock) => {
    const { connectionString } = await engine({ nodes: 3, gap: 4_096 });
    return openStore(connectionString, clock && { clock });
  });
});

// As the suite runs on a real engine, which has one log for all its tests.
describe("a store on an engine that has a log already", async () => {
  const { connectionString } = await startFixture();
  let logs = 0;
  eventStoreContract(async (clock) =>
    logOfItsOwn(openStore(connectionString, clock && { clock }), `~${++logs}`),
  );
});
