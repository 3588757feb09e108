import { addressCodec } from "../../domain/address/events.ts";
import { type MachineEvent, machineCodec } from "../../domain/machine/events.ts";
import type { Inventory } from "../../domain/machine/inventory.ts";
import { foldMachine, type MachineSnapshot } from "../../domain/machine/snapshot.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import { categoryOf } from "../../domain/values/category.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import { rememberLabels } from "../machine-labels.ts";
import { macsIn } from "../macs-in.ts";
import { countRow } from "../tally.ts";
import { trustedReader, type View } from "../view.ts";
import {
  attach,
  detach,
  interfaceSeen,
  interfacesReported,
  leaseChanged,
  machineSeen,
} from "./fleet-interfaces.ts";
import { machineAdded } from "./fleet-presence.ts";
import { type FleetRow, type FleetRows, fleetTables, fleetTally } from "./fleet-tables.ts";

const readMachine = trustedReader(machineCodec);
const readAddress = trustedReader(addressCodec);

/** Every machine by what it may be looked for: its facts, its labels and its interfaces. */
export const fleet: View<typeof fleetTables> = {
  name: "fleet",
  version: 4,
  tables: fleetTables,
  apply(event, rows) {
    switch (categoryOf(event.stream)) {
      case "machine":
        return machineEvent(event, rows);
      case "boot":
        return interfaceSeen(rows, event.stream.slice("boot-".length) as MacAddress, {
          source: "boot",
          timeMs: event.time,
        });
      case "address": {
        const known = readAddress(event);
        if (known) leaseChanged(known, rows);
      }
    }
  },
};

function machineEvent(recorded: RecordedEvent, rows: FleetRows): void {
  const event = readMachine(recorded);
  if (!event) return;
  const id = event.stream.slice("machine-".length) as MachineId;
  const snapshot = foldMachine(rows.life.get(id)?.snapshot, event);
  rows.life.put({ id, snapshot: { ...snapshot, inventory: null, params: {} } });
  const before = rows.fleet.get(id);
  const after = { ...(before ?? blank), ...factsOf(snapshot), ...hardwareIn(event) };
  countRow(rows.tally, fleetTally, { before, after });
  if (!before) machineAdded(rows);
  rows.fleet.put(after);
  if (event.type === "LabelsChanged") countLabels(rows, id, event.data);
  rememberLabels(event, rows.label);
  interfacesChanged(rows, event, snapshot);
  if (isOfItself(event)) machineSeen(rows, id, event.time);
}

function interfacesChanged(
  rows: FleetRows,
  event: RecordedEvent<MachineEvent>,
  snapshot: MachineSnapshot,
): void {
  const { id, macs } = snapshot;
  for (const mac of macsIn(event)) attach(rows, { mac, machineId: id, source: sourceOf(event) });
  if (event.type === "InventoryReported") interfacesReported(rows, id, event.data.inventory);
  if (snapshot.state === "retired") detach(rows, id, macs);
}

function sourceOf({ type }: MachineEvent) {
  if (type === "MachineRegistered") return "registration";
  return type === "InterfaceAdded" ? "inventory" : "boot";
}

/** Whether the machine, or what runs on it, caused the event, so that it was up. */
function isOfItself({ meta: { actor } }: RecordedEvent): boolean {
  return actor.startsWith("machine:") || actor.startsWith("client:");
}

const blank = {
  firmware: null,
  manufacturer: null,
  product: null,
  serial: null,
  cpuModel: null,
  cpuCount: null,
  memoryBytes: null,
  diskCount: null,
  diskBytes: null,
  seenAtMs: null,
} as const;

function factsOf(snapshot: MachineSnapshot) {
  const { id, name, state, architecture, run, registeredAtMs, discoveredAtMs, changedAtMs } = snapshot;
  return {
    id,
    name,
    state,
    locked: Number(snapshot.locked),
    architecture,
    environment: run?.environment ?? null,
    image: run?.image.file ?? null,
    failureCode: run?.failure?.code ?? null,
    registeredAtMs,
    discoveredAtMs,
    changedAtMs,
  };
}

function hardwareIn(event: MachineEvent): Partial<FleetRow> {
  return event.type === "InventoryReported" ? hardwareOf(event.data.inventory) : {};
}

function hardwareOf({ firmware, smbios, cpu, memoryBytes, disks }: Inventory): Partial<FleetRow> {
  const { manufacturer, product, serial } = smbios;
  const diskBytes = disks.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    firmware,
    manufacturer,
    product,
    serial,
    cpuModel: cpu.model,
    cpuCount: cpu.count,
    memoryBytes,
    diskCount: disks.length,
    diskBytes,
  };
}

/** Counts the labels as they change; `rows` has them as they were. */
function countLabels(
  rows: FleetRows,
  machineId: MachineId,
  { set, removed }: Extract<MachineEvent, { type: "LabelsChanged" }>["data"],
): void {
  const before = (key: string) => rows.label.get(machineId, key)?.value;
  for (const key of removed) countLabel(rows, { key, before: before(key), after: undefined });
  for (const [key, after] of Object.entries(set)) countLabel(rows, { key, before: before(key), after });
}

interface LabelChange {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Counts the machines with each value of the label, and those that have it. */
function countLabel({ tally }: FleetRows, { key, before, after }: LabelChange): void {
  const { collection } = fleetTally;
  if (before !== undefined) tally.count({ collection, column: `label:${key}`, value: before }, -1);
  if (after !== undefined) tally.count({ collection, column: `label:${key}`, value: after }, 1);
  const difference = Number(after !== undefined) - Number(before !== undefined);
  if (difference !== 0) tally.count({ collection, column: "label", value: key }, difference > 0 ? 1 : -1);
}
