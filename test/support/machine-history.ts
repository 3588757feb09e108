import { type MachineEvent, machineCodec } from "../../src/domain/machine/events.ts";
import type { EventStore } from "../../src/domain/ports/event-store.ts";
import { machineStream } from "../../src/domain/values/machine-id.ts";
import { asNew, countingIds, meta } from "./recording.ts";
import { machineId, run, samples } from "./samples.ts";

/** The events of a machine's stream up to each state, as the service records them. */
const registered: readonly MachineEvent[] = [samples.MachineRegistered];
const discovered: readonly MachineEvent[] = [samples.MachineDiscovered];
const inspected: readonly MachineEvent[] = [...discovered, samples.InventoryReported];
const ready: readonly MachineEvent[] = [...inspected, samples.MachineApproved];
const allocated: readonly MachineEvent[] = [...ready, samples.MachineAllocated, samples.BootIntentSet];
const deploying: readonly MachineEvent[] = [
  ...allocated,
  samples.BootIntentServed,
  samples.BootIntentConsumed,
  samples.DeploymentStarted,
];
const deployed: readonly MachineEvent[] = [...deploying, samples.DeploymentCompleted];
const failed: readonly MachineEvent[] = [...deploying, samples.DeploymentFailed];
const quarantined: readonly MachineEvent[] = [
  ...deploying,
  { type: "DeploymentFailed", data: { run, code: "SECOND_CONSUMER", message: "two agents" } },
  samples.MachineQuarantined,
];
const releasing: readonly MachineEvent[] = [...deployed, samples.MachineReleased];
const retired: readonly MachineEvent[] = [...deployed, samples.MachineRetired];

/** `histories.ready` makes a machine that is ready. `inspected`: discovered, with its inventory. */
export const histories = {
  registered,
  discovered,
  inspected,
  ready,
  allocated,
  deploying,
  deployed,
  failed,
  quarantined,
  releasing,
  retired,
} as const;

/** Puts a machine with this history into a log, as the work of other requests than a test's own. */
export async function recordMachine(store: EventStore, history: readonly MachineEvent[]): Promise<void> {
  const earlier = { ...meta, $causationId: "01920000-0000-7000-8000-00000000ea51" };
  const events = asNew(machineCodec, history, countingIds(9_000)).map((event) => ({
    ...event,
    meta: earlier,
  }));
  await store.append(machineStream(machineId), { expectedRevision: "no-stream", events });
}
