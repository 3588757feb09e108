import { accept, type Decider, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { SystemCommand } from "./commands.ts";
import { type SystemEvent, systemCodec } from "./events.ts";
import { evolve, newSystem, type System } from "./state.ts";

/** A clock that moved by no more than this was corrected, not changed; milliseconds. */
const clockStepToleranceMs = 60_000;

/** Why the service as a whole does not do what it is asked. */
export type SystemRejectionCode =
  /** There is no fence to lift: the service acts already. */
  | "NOT_FENCED"
  /** The clock is trusted: no change of it waits to be confirmed. */
  | "CLOCK_NOT_IN_DOUBT";

const systemDecider: Decider<System, SystemCommand, SystemEvent, SystemRejectionCode> = {
  initial: newSystem,
  decide(command, system) {
    switch (command.type) {
      case "RecordStart": {
        const { version, nodeVersion, hostname } = command;
        return accept({ type: "ServiceStarted", data: { version, nodeVersion, hostname } });
      }
      case "RecordRestore": {
        const { evidence, previousIncarnation, message } = command;
        // Several processes on one log notice it, and none may raise a fence anew that was lifted since.
        if (system.restoredFrom.includes(previousIncarnation)) return accept();
        return accept({ type: "RestoreDetected", data: { evidence, previousIncarnation, message } });
      }
      case "StartEffectsEpoch":
        if (system.fenced) return accept({ type: "EffectsEpochStarted", data: { epoch: system.epoch + 1 } });
        return reject(
          "NOT_FENCED",
          `epoch ${system.epoch} is in force and nothing is fenced: nothing to lift`,
        );
      case "RecordClockStep": {
        const { fromMs, toMs } = command;
        if (Math.abs(toMs - fromMs) <= clockStepToleranceMs) return accept();
        return accept({ type: "ClockStepped", data: { fromMs, toMs } });
      }
      case "ConfirmClock":
        if (system.clockSuspectSinceMs !== undefined) return accept({ type: "ClockConfirmed", data: {} });
        return reject(
          "CLOCK_NOT_IN_DOUBT",
          "no clock was changed since it was confirmed last: nothing to confirm",
        );
      case "TakeLeadership": {
        const { term, holder, leaseSeconds } = command;
        // Whose the term is then, the state tells.
        if (system.leadership && system.leadership.term >= term) return accept();
        return accept({ type: "LeadershipTaken", data: { term, holder, leaseSeconds } });
      }
      case "RecordBackup": {
        const { file, events, lastHash, bytes, sha256 } = command;
        return accept({ type: "BackupTaken", data: { file, events, lastHash, bytes, sha256 } });
      }
    }
  },
  evolve,
};

/** The stream `system`. */
export const systemKind: StreamKind<System, SystemCommand, SystemEvent, SystemRejectionCode> = {
  decider: systemDecider,
  codec: systemCodec,
};
