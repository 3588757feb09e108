import { describe, expect, test } from "vitest";
import { interfacesThen } from "../../../../src/adapters/graphql/past/interfaces-then.ts";
import { machineAfter } from "../../../../src/domain/machine/snapshot.ts";
import type { RecordedEvent } from "../../../../src/domain/ports/event-store.ts";
import { keptViews } from "../../../../src/projections/past/kept-views.ts";
import { readerAfter } from "../../../projections/view-files.ts";
import { allEvents, dice, historySteps, record } from "../../../support/history.ts";
import { memoryLog } from "../../../support/recording.ts";
import { otherMachineId } from "../../../support/samples.ts";

const steps = [...historySteps(9, 6)];

/** The same events as the view has. */
async function eventsOf(): Promise<readonly RecordedEvent[]> {
  const store = memoryLog();
  const chance = dice(4_711);
  for (const step of steps) await record(store, step, chance);
  return allEvents(store);
}

describe("the interfaces of a machine as it was", () => {
  test("are those of its events that no other machine had by then", async () => {
    const fleet = await readerAfter(keptViews.fleet, (connection) => connection, steps);
    const events = await eventsOf();
    const stream = events.find(({ type }) => type === "MachineDiscovered")?.stream;
    const last = events.at(-1) ?? expect.fail("there is no event");
    const first = events.findIndex((event) => event.stream === stream);
    const machine = machineAfter([events[first] ?? last]) ?? expect.fail("there is no machine");
    const past = { position: last.position, ordinal: first };
    const found = (of: typeof machine) =>
      interfacesThen(of, past, fleet)
        .page({ limit: 10 })
        .map(({ row }) => row.mac);
    expect(found(machine)).toEqual(machine.macs);
    expect(found({ ...machine, id: otherMachineId })).toEqual([]);
    const before = { ...past, ordinal: first - 1 };
    expect(interfacesThen(machine, before, fleet).page({ limit: 10 })).toEqual([]);
  });
});
