import { type AbandonRefusal, endAbandonedRuns } from "../domain/machine/end-abandoned-runs.ts";
import type { MachineHandlers } from "../domain/machine/handlers.ts";
import { retireMachine } from "../domain/machine/retire.ts";
import type { EventMeta } from "../domain/ports/event-store.ts";
import { machineStream } from "../domain/values/machine-id.ts";
import type { BootTargets } from "../projections/boot-targets.ts";

/** A run of which nothing was heard for so long has failed, milliseconds. Writing a large image takes hours. */
const silentMs = 24 * 3_600_000;

export interface ReconcileOptions {
  readonly targets: BootTargets;
  readonly handlers: MachineHandlers;
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
  const { targets } = options;
  // A clock in doubt, or a fence, is an operator's to lift; until then nothing is concluded from silence.
  if (targets.fence().fenced) return;
  await endRunsOfEarlierEpochs(options);
  await endSilentRuns(options);
  await freeClaimsOfRetired(options);
}

async function endRunsOfEarlierEpochs({ targets, handlers, newId, onLeft }: ReconcileOptions): Promise<void> {
  const { epochPosition } = targets.fence();
  if (epochPosition === undefined) return;
  const abandoned = targets
    .liveRuns()
    .filter(({ setPosition }) => !targets.isIntentLive(setPosition))
    .map(({ machineId, plan }) => ({ machineId, run: plan.run }));
  for (const each of abandoned) {
    const left: readonly AbandonRefusal[] = await endAbandonedRuns(
      handlers,
      [each],
      systemMeta(each.run, newId),
    );
    if (left.length > 0) onLeft("ending a run from before the restore", left);
  }
}

async function endSilentRuns({ targets, handlers, clock, newId, onLeft }: ReconcileOptions): Promise<void> {
  const nowMs = clock().getTime();
  const silent = targets.liveRuns().filter(({ changedAtMs }) => nowMs - changedAtMs > silentMs);
  for (const { machineId, plan } of silent) {
    const message = `nothing was heard of the machine for ${silentMs / 3_600_000} hours`;
    const command = { type: "FailRun", run: plan.run, code: "RUN_SILENT", message } as const;
    const meta = systemMeta(plan.run, newId);
    const result = await handlers.handleMachine(machineStream(machineId), command, { meta });
    if (result.outcome === "rejected") onLeft("ending a silent run", result.rejection);
  }
}

/** Retiring frees the claims itself; what a crash in between left is freed by retiring again. */
async function freeClaimsOfRetired({ targets, handlers, newId, onLeft }: ReconcileOptions): Promise<void> {
  for (const machineId of targets.retiredWithClaims()) {
    const meta = systemMeta(newId(), newId);
    const result = await retireMachine(handlers, machineId, { meta });
    if (result.stillClaimed.length > 0)
      onLeft("freeing the claims of a retired machine", result.stillClaimed);
  }
}

function systemMeta(correlationId: string, newId: () => string): EventMeta {
  return { actor: "system", source: "system", $correlationId: correlationId, $causationId: newId() };
}
