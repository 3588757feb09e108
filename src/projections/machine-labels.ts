import { type MachineEvent, machineCodec } from "../domain/machine/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import { type RowOf, table, text } from "./table.ts";
import { type TableRows, trustedReader } from "./view.ts";

/** The labels of machines, kept by each view whose rows belong to machines. */
export const labelTable = table({
  columns: { machineId: text<MachineId>(), key: text(), value: text() },
  key: ["machineId", "key"],
  indexes: [["key", "value"]],
});

/** What an event changes about a machine's labels. */
type LabelChanges = Extract<MachineEvent, { type: "LabelsChanged" }>["data"];

const read = trustedReader(machineCodec);

/** `undefined`: the event changes no labels. */
function labelsChangedIn(recorded: RecordedEvent): LabelChanges | undefined {
  if (recorded.type !== "LabelsChanged") return undefined;
  const event = read(recorded);
  return event?.type === "LabelsChanged" ? event.data : undefined;
}

/** Keeps the labels up to date with the events of machines. */
export function rememberLabels(event: RecordedEvent, labels: TableRows<RowOf<typeof labelTable>>): void {
  const changes = labelsChangedIn(event);
  if (!changes) return;
  const machineId = event.stream.slice("machine-".length) as MachineId;
  for (const key of changes.removed) labels.delete(machineId, key);
  for (const [key, value] of Object.entries(changes.set)) labels.put({ machineId, key, value });
}
