import type { Rejection } from "../decision.ts";
import type { HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { RunId } from "../values/run-id.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";

export interface MachineRun {
  readonly machineId: MachineId;
  readonly run: RunId;
}

/** A run that could not be ended. Worth trying again. */
export interface AbandonRefusal extends MachineRun {
  readonly rejection: Rejection<MachineRejectionCode | HandlerRejectionCode>;
}

/**
 * After an effects epoch was started: ends the deployments and discoveries that were live when it began.
 * What the log knows of them stems from before the restore, and the machines have moved on since.
 *
 * A run that has ended meanwhile is no refusal, so doing this again does nothing. Returns what is left to do.
 */
export async function endAbandonedRuns(
  { handleMachine }: Pick<MachineHandlers, "handleMachine">,
  runs: Iterable<MachineRun>,
  meta: EventMeta,
): Promise<readonly AbandonRefusal[]> {
  const refusals: AbandonRefusal[] = [];
  for (const { machineId, run } of runs) {
    const result = await handleMachine(
      machineStream(machineId),
      {
        type: "FailRun",
        run,
        code: "ABANDONED_AFTER_RESTORE",
        message: "the log was restored, and the run began before that",
      },
      { meta },
    );
    if (result.outcome === "accepted" || result.rejection.code === "RUN_ENDED") continue;
    refusals.push({ machineId, run, rejection: result.rejection });
  }
  return refusals;
}
