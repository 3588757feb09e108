import { systemMeta } from "../domain/event-meta.ts";
import { type AbandonRefusal, endAbandonedRuns } from "../domain/machine/end-abandoned-runs.ts";
import type { MachineHandlers } from "../domain/machine/handlers.ts";
import { machineNow, releaseUnused } from "../domain/machine/release-claims.ts";
import type { EventMeta } from "../domain/ports/event-store.ts";
import { machineStream } from "../domain/values/machine-id.ts";
import type { BootTargets } from "../projections/boot-targets.ts";

/** A run of which nothing was heard for so long has failed, milliseconds. Writing a large image takes hours. */
const silentMs = 24 * 3_600_000;

/** A machine that has not come about so long after something was claimed for it never will, milliseconds. */
const registrationMs = 3_600_000;

export interface ReconcileOptions {
  readonly targets: BootTargets;
  readonly handlers: MachineHandlers;
  /** The wall clock was changed and no operator has confirmed it. */
  readonly clockSuspect: () => boolean;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Something was left as it is, and is tried again at the next round. */
  readonly onLeft: (message: string, detail: unknown) => void;
}

/**
 * One round of setting right what a crash, a restore or a machine that went silent left behind. Each step looks
 * at what is, not at what happened, so a round that is cut short or repeated does no harm.
 */
export async function reconcile(options: ReconcileOptions): Promise<void> {
  const { targets, clockSuspect } = options;
  // A fence is an operator's to lift, and so is a clock in doubt: until then nothing is concluded from silence.
  if (targets.fence().fenced) return;
  await endRunsOfEarlierEpochs(options);
  if (!clockSuspect()) {
    await endSilentRuns(options);
    await freeClaimsWithoutMachine(options);
  }
  await freeClaimsOfRetired(options);
}

async function endRunsOfEarlierEpochs({ targets, handlers, newId, onLeft }: ReconcileOptions): Promise<void> {
  const { epochPosition } = targets.fence();
  if (epochPosition === undefined) return;
  const abandoned = targets
    .liveRuns()
    .filter(({ setPosition }) => !targets.isIntentLive(setPosition))
    .map(({ machineId, run }) => ({ machineId, run }));
  for (const each of abandoned) {
    const left: readonly AbandonRefusal[] = await endAbandonedRuns(handlers, [each], metaOf(each.run, newId));
    if (left.length > 0) onLeft("ending a run from before the restore", left);
  }
}

async function endSilentRuns({ targets, handlers, clock, newId, onLeft }: ReconcileOptions): Promise<void> {
  const nowMs = clock().getTime();
  const silent = targets.liveRuns().filter(({ heardAtMs }) => nowMs - heardAtMs > silentMs);
  for (const { machineId, run } of silent) {
    const message = `nothing was heard of the run for ${silentMs / 3_600_000} hours`;
    const command = { type: "FailRun", run, code: "RUN_SILENT", message } as const;
    const meta = metaOf(run, newId);
    const result = await handlers.handleMachine(machineStream(machineId), command, { meta });
    if (result.outcome === "rejected") onLeft("ending a silent run", result.rejection);
  }
}

/**
 * Retiring frees claims itself. A crash may have left some, also such that the machine's stream does not name: a
 * claim comes before what rests on it. A claim that is another's by now is left alone.
 */
async function freeClaimsOfRetired({ targets, handlers, newId, onLeft }: ReconcileOptions): Promise<void> {
  for (const { machineId, stream } of targets.retiredClaims()) {
    const meta = systemMeta(newId());
    const released = await handlers.handleClaim(stream, { type: "Release", machineId }, { meta });
    if (released.outcome === "rejected") onLeft(`freeing ${stream} of a retired machine`, released.rejection);
  }
}

/**
 * A crash in a registration leaves claims of a machine that has no events. Its MAC addresses would wait for the
 * machine's boot; its name, which nobody could retire, would be lost for good.
 */
async function freeClaimsWithoutMachine(options: ReconcileOptions): Promise<void> {
  const { targets, handlers, clock, newId, onLeft } = options;
  for (const { machineId, stream } of targets.claimsWithoutMachine(clock().getTime() - registrationMs)) {
    const meta = systemMeta(newId());
    // What is known here may lag: the machine may just have come about.
    const machine = await machineNow(handlers, machineId, meta);
    const left = await releaseUnused(handlers, { machineId, machine, claimed: [stream] }, meta);
    if (left.length > 0) onLeft("freeing a claim of a machine that never came about", left);
  }
}

function metaOf(correlationId: string, newId: () => string): EventMeta {
  return { ...systemMeta(newId()), $correlationId: correlationId };
}
