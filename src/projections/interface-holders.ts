import { machineCodec } from "../domain/machine/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import { macsIn } from "./macs-in.ts";
import { type RowOf, table, text } from "./table.ts";
import { type TableRows, trustedReader } from "./view.ts";

/** Which machine has an interface, or had it last, by the events of machines. */
export const holderTable = table({
  columns: { mac: text<MacAddress>(), machineId: text<MachineId>() },
  key: ["mac"],
  indexes: [["machineId"]],
});

const read = trustedReader(machineCodec);

/** Keeps the holders up to date with the events of machines. */
export function rememberHolders(
  recorded: RecordedEvent,
  holders: TableRows<RowOf<typeof holderTable>>,
): void {
  const event = read(recorded);
  if (!event) return;
  const machineId = event.stream.slice("machine-".length) as MachineId;
  for (const mac of macsIn(event)) holders.put({ mac, machineId });
}
