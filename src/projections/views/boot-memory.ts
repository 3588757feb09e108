import type { Binding } from "../../domain/address/binding.ts";
import { type AddressEvent, addressCodec, trustedAddressOf } from "../../domain/address/events.ts";
import type { RecordedEvent } from "../../domain/ports/event-store.ts";
import { type Ipv4, ipv4Number } from "../../domain/values/ipv4.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import { type BootRows, foldBoot, type KeptClaim } from "../boot-fold.ts";
import type { BootMachine } from "../boot-machine.ts";
import { integer, json, table, text } from "../table.ts";
import { type Rows, trustedReader, type View } from "../view.ts";

const tables = {
  machine: table({
    columns: { machineId: text<MachineId>(), machine: json<BootMachine>() },
    key: ["machineId"],
  }),
  /** Who holds a claim. */
  claim: table({ columns: { stream: text(), machineId: text<MachineId>() }, key: ["stream"] }),
  /** What each machine holds, first that which it holds the longest; machines that hold nothing are left out. */
  holder: table({
    columns: { machineId: text<MachineId>(), claims: json<readonly KeptClaim[]>() },
    key: ["machineId"],
  }),
  address: table({
    columns: {
      ip: integer(),
      address: text<Ipv4>(),
      /** Of the newest event in the address's stream. */
      revision: integer(),
      /** Of that event in the log. */
      ordinal: integer(),
      binding: json<Binding>(),
    },
    key: ["ip"],
    indexes: [["ordinal"]],
  }),
};

/**
 * What the packet path keeps in memory of streams that there are many of: machines, claims and addresses. A start
 * reads these rows instead of the log. Nobody else does.
 */
export const bootMemory: View<typeof tables> = {
  name: "boot-memory",
  version: 3,
  tables,
  apply(event, rows, ordinal) {
    if (event.stream.startsWith("address-")) addressChanged(event, rows, ordinal);
    else foldBoot(event, bootRows(rows));
  },
};

const readAddress = trustedReader<AddressEvent>(addressCodec);

function addressChanged(recorded: RecordedEvent, rows: Rows<typeof tables>, ordinal: number): void {
  const event = readAddress(recorded);
  if (!event) return;
  const address = trustedAddressOf(event.stream);
  const { revision, data: binding } = event;
  rows.address.put({ ip: ipv4Number(address), address, revision, ordinal, binding });
}

/** The rows of the file as the fold that memory shares sees them. */
function bootRows({ machine, claim, holder }: Rows<typeof tables>): BootRows {
  const claimsOf = (machineId: MachineId) => holder.get(machineId)?.claims ?? [];
  return {
    machine: (id) => machine.get(id)?.machine,
    putMachine: (changed) => machine.put({ machineId: changed.machineId, machine: changed }),
    dropMachine: ({ machineId }) => machine.delete(machineId),
    holderOf: (stream) => claim.get(stream)?.machineId,
    hold({ stream, machineId, sinceMs }) {
      claim.put({ stream, machineId });
      holder.put({ machineId, claims: [...claimsOf(machineId), [stream, sinceMs]] });
    },
    free({ stream, machineId }) {
      claim.delete(stream);
      const claims = claimsOf(machineId).filter(([each]) => each !== stream);
      if (claims.length > 0) holder.put({ machineId, claims });
      else holder.delete(machineId);
    },
    holdsAny: (machineId) => claimsOf(machineId).length > 0,
  };
}
