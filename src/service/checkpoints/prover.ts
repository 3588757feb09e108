import { numbered } from "../../adapters/event-store/log-pages.ts";
import { positionIdentity, positionText } from "../../adapters/event-store/position.ts";
import type { EventReader, RecordedEvent } from "../../domain/ports/event-store.ts";
import type {
  ConsistencyProven,
  InclusionProven,
  LogEvidence,
  SignedLogCheckpoint,
} from "../../domain/ports/log-evidence.ts";
import { Sha256 } from "../../domain/values/sha256.ts";
import type { LogTreeReader } from "../../projections/views/log-tree-reader.ts";
import { continuationText } from "../../proof/continuation.ts";
import { eventLine } from "../../proof/export-format.ts";
import { proveConsistency, proveInclusion } from "../../proof/make-proof.ts";
import { tlogProofText } from "../../proof/tlog-proof.ts";
import type { Life } from "./signer.ts";
import { treeSource } from "./tree-source.ts";

export interface ProverOptions {
  readonly tree: LogTreeReader;
  readonly log: EventReader;
  readonly life: () => Life | undefined;
}

/** Makes proofs against the checkpoints that were signed. */
export function createProver({
  tree,
  log,
  life,
}: ProverOptions): Pick<LogEvidence, "newestCheckpoints" | "proveInclusion" | "proveConsistency"> {
  const source = () => treeSource(tree, log);

  /** The checkpoint of so many events; where nobody says how many, the one that `usual` finds. */
  function checkpointOf(
    size: number | undefined,
    usual: (stream: string) => SignedLogCheckpoint | undefined,
  ): SignedLogCheckpoint | undefined {
    const stream = life()?.stream;
    if (stream === undefined) return undefined;
    return size === undefined ? usual(stream) : tree.checkpointOf(stream, size);
  }

  return {
    newestCheckpoints: (limit) => tree.newestCheckpoints(limit),

    async proveInclusion({ event, ordinal }, size): Promise<InclusionProven | undefined> {
      const checkpoint = checkpointOf(size, (stream) => tree.checkpointCovering(stream, ordinal + 1));
      if (!checkpoint || checkpoint.size <= ordinal) return undefined;
      const hashes = await proveInclusion(source(), { index: ordinal, size: checkpoint.size });
      const extra = await lineOf(event, ordinal + 1, log);
      const text = tlogProofText({ index: ordinal, hashes, checkpoint: checkpoint.note, extra });
      return { index: ordinal, hashes: digests(hashes), checkpoint, text };
    },

    async proveConsistency(from, size): Promise<ConsistencyProven | undefined> {
      const checkpoint = checkpointOf(size, tree.newestCheckpoint);
      if (!checkpoint || checkpoint.size < from) return undefined;
      const hashes = await proveConsistency(source(), { from, to: checkpoint.size });
      const text = continuationText({ from, hashes, checkpoint: checkpoint.note });
      return { hashes: digests(hashes), checkpoint, text };
    },
  };
}

function digests(hashes: readonly string[]): readonly Sha256[] {
  return hashes.map((hash) => Sha256.parse(hash));
}

/**
 * The event as an exported file has it, with the hash before it: so its own hash can be made again.
 *
 * @param place its number in the log, from 1, which an exported file has as its position
 */
async function lineOf(event: RecordedEvent, place: number, log: EventReader): Promise<string> {
  const { stream, revision } = event;
  const [before] = revision > 0 ? await log.readStream(stream, { from: revision - 1, limit: 1 }) : [];
  const position = positionText(positionIdentity(event.position), place);
  return eventLine(position, { event: numbered(event, place), previous: before?.hash });
}
