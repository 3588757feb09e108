import { machineCodec } from "../../domain/machine/events.ts";
import { foldMachine, type MachineSnapshot } from "../../domain/machine/snapshot.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { MachineName } from "../../domain/values/slug.ts";
import { json, table, text, textOrNull } from "../table.ts";
import { type Rows, trustedReader, type View } from "../view.ts";

/** Tables of the view of machines, for its reader. */
export const machineTables = {
  machine: table({
    columns: {
      id: text<MachineId>(),
      /** The name that finds the machine; `null` when it has none, or gave it back by retiring. */
      name: textOrNull<MachineName>(),
      snapshot: json<MachineSnapshot>(),
    },
    key: ["id"],
    indexes: [["name"]],
  }),
  /** Each interface of the machines that are not retired. */
  interface: table({ columns: { mac: text<MacAddress>(), machineId: text<MachineId>() }, key: ["mac"] }),
};

type MachineRows = Rows<typeof machineTables>;

const read = trustedReader(machineCodec);

/** Every machine as it is now. */
export const machines: View<typeof machineTables> = {
  name: "machines",
  version: 3,
  tables: machineTables,
  apply(recorded, rows) {
    const event = read(recorded);
    if (!event) return;
    const before = rows.machine.get(event.stream.slice("machine-".length))?.snapshot;
    const after = foldMachine(before, event);
    const retired = after.state === "retired";
    const { id, name } = after;
    rows.machine.put({ id, name: retired ? null : name, snapshot: after });
    if (before?.macs !== after.macs || retired) updateInterfaces(rows, after);
  },
};

/** A retired machine's interfaces may belong to another machine by now, which must keep them. */
function updateInterfaces(rows: MachineRows, { id, macs, state }: MachineSnapshot): void {
  for (const mac of macs) {
    if (state !== "retired") rows.interface.put({ mac, machineId: id });
    else if (rows.interface.get(mac)?.machineId === id) rows.interface.delete(mac);
  }
}
