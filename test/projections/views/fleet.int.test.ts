import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { MachineSnapshot } from "../../../src/domain/machine/snapshot.ts";
import type { RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { fleetCollection } from "../../../src/projections/collections/fleet.ts";
import { interfaceCollection } from "../../../src/projections/collections/interfaces.ts";
import { openViewConnection, type ViewConnection } from "../../../src/projections/view-connection.ts";
import { createViewFile } from "../../../src/projections/view-file.ts";
import { fleet } from "../../../src/projections/views/fleet.ts";
import { fleetTally } from "../../../src/projections/views/fleet-tables.ts";
import { machines } from "../../../src/projections/views/machines.ts";
import { machinesReader } from "../../../src/projections/views/machines-reader.ts";
import { allEvents, historyLog, type Step } from "../../support/history.ts";
import { mac, machineId, samples } from "../../support/samples.ts";
import { readerAfter, temporaryDirectory } from "../view-files.ts";

async function connectionTo(view: typeof fleet | typeof machines, events: readonly RecordedEvent[]) {
  const path = join(temporaryDirectory(), "view.db");
  const file = createViewFile(path, view);
  file.apply(events);
  await file.flush();
  const connection = openViewConnection(path);
  onTestFinished(() => {
    connection.close();
    file.close();
  });
  return connection;
}

const stream = `machine-${machineId}`;
const byMachine = { actor: `machine:${machineId}` };

function collectionsOn(connection: ViewConnection) {
  return { machines: fleetCollection(connection), interfaces: interfaceCollection(connection) };
}

const collectionsAfter = (steps: readonly Step[]) => readerAfter(fleet, collectionsOn, steps);

const labels = (set: Record<string, string>, removed: readonly string[] = []) => ({
  type: "LabelsChanged",
  data: { set, removed },
});

/** The facts of a machine that its snapshot tells. */
function toldBy({ id, name, state, locked, architecture, inventory, run, ...times }: MachineSnapshot) {
  const { registeredAtMs, discoveredAtMs, changedAtMs } = times;
  return {
    id,
    name,
    state,
    locked: Number(locked),
    architecture,
    firmware: inventory?.firmware ?? null,
    manufacturer: inventory?.smbios.manufacturer ?? null,
    memoryBytes: inventory?.memoryBytes ?? null,
    diskCount: inventory?.disks.length ?? null,
    environment: run?.environment ?? null,
    image: run?.image.file ?? null,
    failureCode: run?.failure?.code ?? null,
    registeredAtMs,
    discoveredAtMs,
    changedAtMs,
  };
}

describe("the fleet", () => {
  test.each([1, 2])("has each machine as the view of machines has it, seed %i", async (seed) => {
    const events = await allEvents(await historyLog(seed, 12));
    const snapshots = machinesReader(await connectionTo(machines, events));
    const collection = fleetCollection(await connectionTo(fleet, events));
    const rows = collection.page({ limit: 100 }).map(({ row }) => row);
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const snapshot = snapshots.find(row.id);
      expect(row).toMatchObject(snapshot ? toldBy(snapshot) : {});
    }
  });

  test.each([1, 2])("counts what it holds, seed %i", async (seed) => {
    const events = await allEvents(await historyLog(seed, 12));
    const connection = await connectionTo(fleet, events);
    const collection = fleetCollection(connection);
    for (const column of [...fleetTally.columns, "subnet"]) {
      // The second question is answered by looking at the rows.
      const counted = collection.facet({ column }, undefined);
      expect(counted).toEqual(collection.facet({ column }, { not: { column: "machineId", eq: "nobody" } }));
    }
    expect(collection.count(undefined, "exact").count).toBe(collection.page({ limit: 100 }).length);
  });

  test("finds machines by their labels as they are now", async () => {
    const { machines: collection } = await collectionsAfter([
      { stream, events: [samples.MachineDiscovered, labels({ rack: "r1", site: "s1" })] },
      { stream, events: [labels({ rack: "r2" }, ["site"])] },
    ]);
    const count = (where: Parameters<typeof collection.count>[0]) => collection.count(where, "exact").count;
    expect(count({ label: "rack", eq: "r2" })).toBe(1);
    expect(count({ label: "rack", in: ["r1", "r3"] })).toBe(0);
    expect(count({ label: "site", exists: true })).toBe(0);
    expect(collection.facet({ label: "rack" }, undefined).values).toEqual([{ value: "r2", count: 1 }]);
    expect(collection.facet({ label: "site" }, undefined).values).toEqual([{ value: null, count: 1 }]);
  });
});

describe("an interface of the fleet", () => {
  const pxe = { stream: `boot-${mac}`, events: [{ type: "PxeRequested", data: {} }] };
  const leased = { ...samples.LeaseGranted };
  const { data } = samples.LeaseGranted;
  const address = "address-10.4.0.17";

  test("is known from its first request, and belongs to nobody", async () => {
    const { interfaces } = await collectionsAfter([pxe]);
    expect(interfaces.find(mac)).toMatchObject({ machineId: null, source: "boot", address: null });
    expect(interfaces.find(mac)?.seenAtMs).toBe(Date.UTC(2026, 0, 1));
  });

  test("brings what is known of it to the machine that it is found to belong to", async () => {
    const { interfaces, machines: collection } = await collectionsAfter([
      pxe,
      { stream: address, events: [{ ...leased, data: { ...data, holder: { ...data.holder, mac } } }] },
      {
        stream,
        events: [{ ...samples.MachineDiscovered, data: { mac, architecture: null } }],
        meta: byMachine,
      },
    ]);
    expect(interfaces.find(mac)).toMatchObject({ machineId, source: "boot", subnet: data.subnet });
    expect(collection.count({ column: "address", eq: "10.4.0.17" }, "exact").count).toBe(1);
    expect(collection.count({ column: "subnet", eq: data.subnet }, "exact").count).toBe(1);
    expect(collection.find(machineId)?.seenAtMs).toBe(Date.UTC(2026, 0, 1));
  });

  test("has no address once its lease ended, and no machine once that is retired", async () => {
    const holder = { ...data.holder, mac };
    const { interfaces, machines: collection } = await collectionsAfter([
      { stream, events: [{ ...samples.MachineDiscovered, data: { mac, architecture: null } }] },
      { stream: address, events: [{ ...leased, data: { ...data, holder } }] },
      { stream: address, events: [{ type: "LeaseExpired", data: { ...data, status: "free", holder } }] },
      { stream, events: [samples.MachineRetired] },
    ]);
    expect(interfaces.find(mac)).toMatchObject({ machineId: null, address: null, subnet: null });
    expect(collection.count({ column: "mac", eq: mac }, "exact").count).toBe(0);
    expect(collection.facet({ column: "subnet" }, undefined).values).toEqual([{ value: null, count: 1 }]);
  });
});
