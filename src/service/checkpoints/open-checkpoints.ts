import type { Logger } from "pino";
import type { Config } from "../../config.ts";
import { checkpointKind } from "../../domain/checkpoint/decide.ts";
import { systemMeta } from "../../domain/event-meta.ts";
import { commandHandler } from "../../domain/handle-command.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { LogEvidence } from "../../domain/ports/log-evidence.ts";
import type { Projector } from "../../projections/projector.ts";
import { logTree } from "../../projections/views/log-tree.ts";
import { logTreeReader } from "../../projections/views/log-tree-reader.ts";
import { secretKey } from "../secret-keys.ts";
import { checkpointPlaces } from "./checkpoint-places.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { createProver } from "./prover.ts";
import { createCheckpointSigner } from "./signer.ts";
import { createSigning } from "./signing.ts";

export interface CheckpointsOptions {
  readonly store: EventStore;
  readonly projector: Pick<Projector, "unfinished" | "waitFor">;
  readonly settings: Config["checkpoints"];
  readonly dataDirectory: string;
  /** Whether this process signs by itself: of several on one log, one does. */
  readonly isLeader: () => boolean;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** The signing of the log, under way. */
export interface Checkpoints extends LogEvidence {
  /** How many files of checkpoints were deleted since the start, because there were too many. */
  deletedFiles(): number;
  /** Signs no more by itself. Resolves when what is under way is done. */
  close(): Promise<void>;
}

/** How often it is asked whether it is time to sign, milliseconds. */
const roundMs = 1_000;

/** How long a checkpoint that was just recorded is waited for to be shown, milliseconds. */
const shownMs = 10_000;

/**
 * Signs the log from now on, whenever that is due, and makes proofs. The key is made where there is none.
 *
 * @throws StartError when the key file is none
 * @throws Error when it cannot be read or written
 */
export async function openCheckpoints(options: CheckpointsOptions): Promise<Checkpoints> {
  const { store, projector, settings, dataDirectory, isLeader, clock, newId, log } = options;
  const { directory, keyFile } = checkpointPlaces({ checkpoints: settings, dataDirectory });
  let deletedFiles = 0;
  const tree = logTreeReader(projector.unfinished(logTree.name));
  const signer = createCheckpointSigner({
    tree,
    log: store,
    handle: commandHandler(checkpointKind, { store, newId }),
    seed: await secretKey(keyFile),
    origin: settings.origin,
    directory,
    keepFiles: settings.keepFiles,
    onUnusable: (err) => log.warn({ err, directory }, "a checkpoint there cannot be used"),
    onDeleted: () => {
      deletedFiles++;
    },
  });
  const { round, settled, ...signing } = createSigning({
    ...{ signer, tree, directory, isLeader, clock, log },
    policy: { everyEvents: settings.everyEvents, everyMs: settings.everyMinutes * 60_000 },
    shown: (position) => projector.waitFor(position, { timeoutMs: shownMs, view: logTree.name }),
    systemMeta: () => systemMeta(newId()),
  });

  const timer = setInterval(oneAtATime(round, log), roundMs);

  return {
    ...signing,
    deletedFiles: () => deletedFiles,
    ...createProver({ tree, log: store, life: signer.life }),
    async close() {
      clearInterval(timer);
      await settled();
    },
  };
}
