import { addressCodec } from "../../domain/address/events.ts";
import { bootCodec } from "../../domain/boot/events.ts";
import { claimCodec } from "../../domain/claim/events.ts";
import type { DomainEvent, EventCodec } from "../../domain/event.ts";
import { type MachineEvent, machineCodec } from "../../domain/machine/events.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import { trustedReader } from "../view.ts";

/** What an event says, cut to a line: flat, and a few hundred bytes at most. */
export type TimelineDetail = Readonly<Record<string, unknown>>;

const readMachine = detailReader(machineCodec, machineDetail);
const readers = new Map([
  ["machine", readMachine],
  ["boot", detailReader(bootCodec, dataOf)],
  ["mac", detailReader(claimCodec, dataOf)],
  ["address", detailReader(addressCodec, dataOf)],
]);

/** The detail of an event of this category; empty for an event that only a newer release knows. */
export function detailOf(event: RecordedEvent, category: string): TimelineDetail {
  return readers.get(category)?.(event) ?? {};
}

function detailReader<Event extends DomainEvent>(
  codec: EventCodec<Event>,
  detail: (event: RecordedEvent<Event>) => TimelineDetail,
): (event: RecordedEvent) => TimelineDetail {
  const read = trustedReader(codec);
  return (recorded) => {
    const event = read(recorded);
    return event ? detail(event) : {};
  };
}

function dataOf({ data }: DomainEvent): TimelineDetail {
  return { ...data };
}

/** Inventories and plans are large, and are found with the machine and the run. */
function machineDetail(event: MachineEvent): TimelineDetail {
  switch (event.type) {
    case "InventoryReported": {
      const { firmware, cpu, memoryBytes, disks, interfaces } = event.data.inventory;
      return { firmware, cpus: cpu.count, memoryBytes, disks: disks.length, interfaces: interfaces.length };
    }
    case "BootIntentSet": {
      const { run, environment, image, disk } = event.data.plan;
      const { name, version } = environment;
      return { run, environment: name, version, image: image.file, sha256: image.sha256, disk: disk.name };
    }
    default:
      return dataOf(event);
  }
}
