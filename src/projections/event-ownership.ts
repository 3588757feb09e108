import { type AddressEvent, addressCodec } from "../domain/address/events.ts";
import { type ClaimEvent, claimCodec } from "../domain/claim/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import { categoryOf } from "../domain/values/category.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import { macOfKey } from "../domain/values/reservation-key.ts";
import { labelTable, rememberLabels } from "./machine-labels.ts";
import { integer, table, text } from "./table.ts";
import { handling, type Rows, trustedReader } from "./view.ts";

/**
 * Which events belong to a machine, and its labels. An interface, and a name, passes from machine to machine, and an
 * address from interface to interface. So an event belongs to a *period*: to something while one machine had it, and
 * from right after the machine before gave it up, because what led to a discovery belongs to it.
 */
export const ownershipTables = {
  owner: table({
    columns: { period: text(), machineId: text<MachineId>() },
    key: ["period"],
    indexes: [["machineId"]],
  }),
  /** How often a machine gave up what a stream claims. Each time, another period began. */
  claim: table({ columns: { stream: text(), releases: integer() }, key: ["stream"] }),
  label: labelTable,
};

type OwnershipRows = Rows<typeof ownershipTables>;

const onClaim = handling<ClaimEvent, OwnershipRows>(claimCodec, {
  Claimed({ stream, data: { machineId } }, rows) {
    rows.owner.put({ period: claimPeriod(stream, rows), machineId });
  },
  Released({ stream }, rows) {
    rows.claim.put({ stream, releases: releasesOf(stream, rows) + 1 });
  },
  ClaimDisputed: () => undefined,
});

const readAddress = trustedReader(addressCodec);

/**
 * The period that an event belongs to, `null` when it is about no machine; and keeps ownership up to date with it.
 * To be called with every event of the log.
 */
export function rememberOwnership(event: RecordedEvent, rows: OwnershipRows, ordinal: number): string | null {
  const period = periodOf(event, rows);
  if (period === event.stream && event.revision === 0) {
    rows.owner.put({ period, machineId: nameIn(event.stream) as MachineId });
  }
  onClaim(event, rows, ordinal);
  rememberLabels(event, rows.label);
  return period;
}

function periodOf(event: RecordedEvent, rows: OwnershipRows): string | null {
  const { stream } = event;
  switch (categoryOf(stream)) {
    case "machine":
      return stream;
    case "mac":
    case "name":
      return claimPeriod(stream, rows);
    case "boot":
      return claimPeriod(`mac-${nameIn(stream)}`, rows);
    case "address": {
      const address = readAddress(event);
      const mac = address && interfaceIn(address);
      return mac ? claimPeriod(`mac-${mac}`, rows) : null;
    }
    default:
      return null;
  }
}

/** Whom an event of an address is about: who holds it, or for whom it is set aside. */
function interfaceIn({ type, data: { holder, reservedFor } }: AddressEvent) {
  if (type !== "AddressReserved") return holder?.mac;
  return reservedFor === null ? undefined : macOfKey(reservedFor);
}

function claimPeriod(claim: string, rows: OwnershipRows): string {
  return `${claim}/${releasesOf(claim, rows)}`;
}

function releasesOf(claim: string, rows: OwnershipRows): number {
  return rows.claim.get(claim)?.releases ?? 0;
}

function nameIn(stream: string): string {
  return stream.slice(stream.indexOf("-") + 1);
}
