import { type AddressEvent, addressCodec } from "../domain/address/events.ts";
import { type ClaimEvent, claimCodec } from "../domain/claim/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import { categoryOf } from "../domain/values/category.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import { labelTable, rememberLabels } from "./machine-labels.ts";
import { table, text } from "./table.ts";
import { handling, type Rows } from "./view.ts";

/** Which streams belong to a machine, and its labels. */
export const ownershipTables = {
  /** Its own stream, and those of its interfaces, of what they hold a lease of, and of its names. */
  owner: table({
    columns: { stream: text(), machineId: text<MachineId>() },
    key: ["stream"],
    indexes: [["machineId"]],
  }),
  /** The address that an interface got last, also while it is no machine's. */
  held: table({ columns: { mac: text<MacAddress>(), stream: text() }, key: ["mac"] }),
  label: labelTable,
};

type OwnershipRows = Rows<typeof ownershipTables>;

const macPrefix = "mac-";

/** What is claimed for a machine belongs to it; with an interface, its boots and its address. */
const onClaim = handling<ClaimEvent, OwnershipRows>(claimCodec, {
  Claimed({ stream, data: { machineId } }, rows) {
    for (const each of streamsWith(stream, rows)) rows.owner.put({ stream: each, machineId });
  },
  Released({ stream }, rows) {
    for (const each of streamsWith(stream, rows)) rows.owner.delete(each);
  },
  ClaimDisputed: () => undefined,
});

const held = ({ stream, data: { holder } }: RecordedEvent<AddressEvent>, rows: OwnershipRows) => {
  if (holder) rows.held.put({ mac: holder.mac, stream });
  const owner = holder && rows.owner.get(macPrefix + holder.mac);
  if (owner) rows.owner.put({ stream, machineId: owner.machineId });
  else rows.owner.delete(stream);
};

const onAddress = handling<AddressEvent, OwnershipRows>(addressCodec, {
  LeaseGranted: held,
  LeaseRenewed: held,
  LeaseReleased: held,
  LeaseExpired: held,
  AddressDeclined: held,
  AddressReserved: held,
  ReservationRemoved: held,
});

/** Keeps ownership up to date with any event of the log. */
export function rememberOwnership(event: RecordedEvent, rows: OwnershipRows, ordinal: number): void {
  const { stream, revision } = event;
  if (categoryOf(stream) === "machine" && revision === 0) {
    rows.owner.put({ stream, machineId: stream.slice("machine-".length) as MachineId });
  }
  onClaim(event, rows, ordinal);
  onAddress(event, rows, ordinal);
  rememberLabels(event, rows.label);
}

function streamsWith(claim: string, rows: OwnershipRows): readonly string[] {
  if (!claim.startsWith(macPrefix)) return [claim];
  const mac = claim.slice(macPrefix.length);
  const address = rows.held.get(mac)?.stream;
  return [claim, `boot-${mac}`, ...(address === undefined ? [] : [address])];
}
