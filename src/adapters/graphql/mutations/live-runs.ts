import type { MachineRun } from "../../../domain/machine/end-abandoned-runs.ts";
import { type MachineEvent, machineCodec } from "../../../domain/machine/events.ts";
import type { EventReader, Position, RecordedEvent } from "../../../domain/ports/event-store.ts";
import { machineIdOf } from "../../../domain/values/machine-id.ts";

const pageSize = 1_000;
const runEvents = [
  "BootIntentSet",
  "DeploymentCompleted",
  "DeploymentFailed",
  "DiscoveryIntentSet",
  "DiscoveryIntentConsumed",
  "DiscoveryIntentExpired",
] as const satisfies readonly MachineEvent["type"][];

/**
 * Deployments and discoveries that were begun and had not ended at a place in the log, from the log itself: a view
 * could lag.
 */
export async function liveRuns(
  log: Pick<EventReader, "readAll">,
  until: Position,
): Promise<readonly MachineRun[]> {
  const live = new Map<string, MachineRun>();
  const filter = { categories: ["machine"], types: runEvents };
  let after: Position | undefined;
  for (;;) {
    const page = await log.readAll({ after, limit: pageSize, filter });
    for (const recorded of page.events) {
      if (recorded.position > until) return [...live.values()];
      follow(live, recorded);
    }
    if (page.caughtUp) return [...live.values()];
    after = page.position;
  }
}

function follow(live: Map<string, MachineRun>, recorded: RecordedEvent): void {
  const event = machineCodec.read(recorded);
  const machineId = machineIdOf(recorded.stream);
  if (event.type === "BootIntentSet") {
    const { run } = event.data.plan;
    live.set(run, { machineId, run });
  } else if (event.type === "DiscoveryIntentSet") {
    const { run } = event.data;
    live.set(run, { machineId, run });
  } else if ("run" in event.data) live.delete(event.data.run);
}
