import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import type { FindingList } from "./findings.ts";
import { NoteError, parseVerifierKey } from "./note-keys.ts";

export interface CheckpointFiles {
  /** Files of signed checkpoints. */
  readonly files: readonly string[];
  /** The file of the verifier key. */
  readonly key: string | undefined;
  /** Reads a file. */
  readonly read: (file: string) => Uint8Array;
  readonly findings: FindingList;
}

/**
 * The checkpoints that a log is to be compared with. One that the key did not sign is a finding, and is left out.
 *
 * @throws Error when a file cannot be read, the key is none, or there is none
 */
export function readCheckpoints({ files, key, read, findings }: CheckpointFiles): readonly Checkpoint[] {
  if (key === undefined) {
    if (files.length === 0) return [];
    throw new Error(
      "a checkpoint is worth nothing without the key that it must be signed by: name it with --key",
    );
  }
  const verifier = parseVerifierKey(Buffer.from(read(key)).toString("utf8").trim());
  return files.flatMap((file) => {
    try {
      return [openCheckpoint(read(file), [verifier])];
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      findings.add({ code: "CHECKPOINT_BAD", position: 0, message: `${file}: ${error.message}` });
      return [];
    }
  });
}
