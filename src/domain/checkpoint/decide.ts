import { accept, type Decider, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { Sha256 } from "../values/sha256.ts";
import type { CheckpointCommand } from "./commands.ts";
import { type CheckpointEvent, checkpointCodec } from "./events.ts";

/** The newest checkpoint of a log; `undefined`: none was signed. */
export type NewestCheckpoint = { readonly size: number; readonly root: Sha256 } | undefined;

/** Why a checkpoint is not recorded, and so must not leave the service. */
export type CheckpointRejectionCode =
  /** The newest checkpoint is another than the one it was compared with, or covers as many events. */
  "CHECKPOINT_NOT_NEXT";

/**
 * A checkpoint counts once it is recorded, and it is recorded only behind the very one that it was compared with. So
 * of several that sign at once one comes through, and no two contradict each other.
 */
const checkpointDecider: Decider<
  NewestCheckpoint,
  CheckpointCommand,
  CheckpointEvent,
  CheckpointRejectionCode
> = {
  initial: undefined,
  decide({ size, root, note, verifierKey, continues }, newest) {
    if (continues?.size !== newest?.size || continues?.root !== newest?.root) {
      return reject("CHECKPOINT_NOT_NEXT", "another checkpoint was signed meanwhile: compare with that one");
    }
    if (newest && size <= newest.size) {
      return reject("CHECKPOINT_NOT_NEXT", `a checkpoint of ${newest.size} events was signed already`);
    }
    return accept({ type: "CheckpointSigned", data: { size, root, note, verifierKey } });
  },
  evolve: (_newest, { data: { size, root } }) => ({ size, root }),
};

/** Streams `checkpoint-<logId>.<incarnation>`. */
export const checkpointKind: StreamKind<
  NewestCheckpoint,
  CheckpointCommand,
  CheckpointEvent,
  CheckpointRejectionCode
> = { decider: checkpointDecider, codec: checkpointCodec, newestIsState: true };
