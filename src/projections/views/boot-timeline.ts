import { addressCodec } from "../../domain/address/events.ts";
import { type ClaimEvent, claimCodec } from "../../domain/claim/events.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import { bootCauseTable, bootOfRequest, rememberBootCause } from "../boot-cause.ts";
import { integer, integerOrNull, json, logTable, type RowOf, table, text, textOrNull } from "../table.ts";
import { handling, type Rows, trustedReader, type View } from "../view.ts";
import { detailOf, type TimelineDetail } from "./boot-timeline-detail.ts";

/** Tables of the view of timelines, for its reader. */
export const timelineTables = {
  entry: logTable({
    columns: {
      /** Place in the log, from 0. */
      ordinal: integer(),
      position: text<Position>(),
      eventId: text(),
      timeMs: integer(),
      type: text(),
      /** Set for events of a machine's own stream. */
      machineId: textOrNull<MachineId>(),
      /** Set for events of a network interface: its boots, its leases, its claim. */
      mac: textOrNull<MacAddress>(),
      actor: text(),
      correlationId: text(),
      causationId: text(),
      /** The boot that the event is part of, if there is a boot with this id; `null`: it is part of none. */
      boot: textOrNull(),
      detail: json<TimelineDetail>(),
    },
    key: ["ordinal"],
    indexes: [["machineId"], ["mac"], ["boot"]],
  }),
  boot: table({
    columns: {
      /** Also the id of the boot's first PxeRequested. */
      id: text(),
      mac: text<MacAddress>(),
      ordinal: integer(),
      startedAtMs: integer(),
      /** The run that the boot belongs to. */
      run: textOrNull<RunId>(),
    },
    key: ["id"],
    indexes: [["mac", "ordinal"]],
  }),
  /** Which interface belonged to which machine, and when. */
  ownership: table({
    columns: {
      machineId: text<MachineId>(),
      mac: text<MacAddress>(),
      /** Right after the release by the owner before, because what led to a discovery belongs to it. */
      firstOrdinal: integer(),
      /** The release; `null` while the interface belongs to the machine. */
      lastOrdinal: integerOrNull(),
    },
    key: ["machineId", "mac", "firstOrdinal"],
  }),
  /** Where the next ownership of an interface begins. */
  claimable: table({ columns: { mac: text<MacAddress>(), firstOrdinal: integer() }, key: ["mac"] }),
  cause: bootCauseTable,
};

const readAddress = trustedReader(addressCodec);

type TimelineRows = Rows<typeof timelineTables>;
type Entry = RowOf<typeof timelineTables.entry>;

const onClaim = handling<ClaimEvent, TimelineRows>(claimCodec, {
  Claimed({ stream, data: { machineId } }, rows) {
    const mac = afterDash(stream) as MacAddress;
    const firstOrdinal = rows.claimable.get(mac)?.firstOrdinal ?? 0;
    rows.ownership.put({ machineId, mac, firstOrdinal, lastOrdinal: null });
  },
  Released({ stream, data: { machineId } }, rows, ordinal) {
    const mac = afterDash(stream) as MacAddress;
    const firstOrdinal = rows.claimable.get(mac)?.firstOrdinal ?? 0;
    rows.ownership.put({ machineId, mac, firstOrdinal, lastOrdinal: ordinal });
    rows.claimable.put({ mac, firstOrdinal: ordinal + 1 });
  },
});

/** What happened to each machine and to each network interface, and which boot it was part of. */
export const bootTimeline: View<typeof timelineTables> = {
  name: "boot-timeline",
  version: 3,
  tables: timelineTables,
  apply(event, rows, ordinal) {
    const category = event.stream.slice(0, event.stream.indexOf("-"));
    const subject = afterDash(event.stream);
    switch (category) {
      case "machine":
        rows.entry.insert({ ...entryOf(event, category, ordinal), machineId: subject as MachineId });
        rememberBootCause(event, rows.cause);
        return;
      case "boot":
        rows.entry.insert({ ...bootEntry(event, rows, ordinal), mac: subject as MacAddress });
        return;
      case "mac":
        rows.entry.insert({ ...entryOf(event, category, ordinal), mac: subject as MacAddress });
        onClaim(event, rows, ordinal);
        return;
      case "address":
        addressEvent(event, rows, ordinal);
    }
  },
};

/** A request may begin a boot; everything else of an interface is part of one that began before. */
function bootEntry(event: RecordedEvent, rows: TimelineRows, ordinal: number): Entry {
  const entry = entryOf(event, "boot", ordinal);
  if (event.type !== "PxeRequested") return entry;
  const { bootId, cause } = bootOfRequest(event, rows.cause);
  // The first request may be missing: observations are dropped when too many wait to be written.
  if (!rows.boot.get(bootId)) {
    const mac = afterDash(event.stream) as MacAddress;
    rows.boot.put({ id: bootId, mac, ordinal, startedAtMs: event.time, run: cause?.run ?? null });
  }
  return { ...entry, boot: bootId };
}

/** A lease belongs to the timeline of whoever holds it; an operator's reservation is nothing that happened to it. */
function addressEvent(recorded: RecordedEvent, rows: TimelineRows, ordinal: number): void {
  const event = readAddress(recorded);
  if (!event || event.type === "AddressReserved" || event.type === "ReservationRemoved") return;
  const { holder } = event.data;
  if (!holder) return;
  const entry = entryOf(event, "address", ordinal);
  const detail = { address: afterDash(event.stream), ...entry.detail };
  rows.entry.insert({ ...entry, detail, mac: holder.mac });
}

function entryOf(event: RecordedEvent, category: string, ordinal: number): Entry {
  const { position, id, time, type, meta } = event;
  return {
    ordinal,
    position,
    eventId: id,
    timeMs: time,
    type,
    machineId: null,
    mac: null,
    actor: meta.actor,
    correlationId: meta.$correlationId,
    causationId: meta.$causationId,
    // What nothing caused is part of no boot, unless it begins one.
    boot: meta.$causationId === id ? null : meta.$causationId,
    detail: detailOf(event, category),
  };
}

function afterDash(stream: string): string {
  return stream.slice(stream.indexOf("-") + 1);
}
