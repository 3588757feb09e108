import { type BootTargets, createBootTargets } from "../../src/projections/boot-targets.ts";
import { allEvents, dice, record, type Step } from "../support/history.ts";
import { memoryLog } from "../support/recording.ts";

/** What the packet path knows after these events. */
export async function targetsAfter(...steps: readonly Step[]): Promise<BootTargets> {
  const store = memoryLog();
  const chance = dice(31);
  for (const step of steps) await record(store, step, chance);
  const targets = createBootTargets();
  for (const event of await allEvents(store)) targets.apply(event);
  return targets;
}
