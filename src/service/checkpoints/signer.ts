import type { CheckpointCommand } from "../../domain/checkpoint/commands.ts";
import type { CheckpointRejectionCode, NewestCheckpoint } from "../../domain/checkpoint/decide.ts";
import { checkpointStream } from "../../domain/checkpoint/events.ts";
import type { CommandHandler } from "../../domain/handle-command.ts";
import type { EventMeta, EventReader, Position } from "../../domain/ports/event-store.ts";
import { Sha256 } from "../../domain/values/sha256.ts";
import type { CheckpointRow } from "../../projections/views/log-tree.ts";
import type { LogTreeReader } from "../../projections/views/log-tree-reader.ts";
import { signCheckpoint } from "../../proof/checkpoint.ts";
import type { NoteError } from "../../proof/note-keys.ts";
import { createTreeBuilder, type TreeState } from "../../proof/tree-builder.ts";
import { contradictionIn, type Known } from "./contradiction.ts";
import { type NoteFiles, noteFiles } from "./note-files.ts";
import { lifeOf, type SigningKey, signingKey } from "./signing-key.ts";
import { treeSource } from "./tree-source.ts";

export interface SignerOptions {
  readonly tree: LogTreeReader;
  readonly log: Pick<EventReader, "readAll" | "head">;
  readonly handle: CommandHandler<NewestCheckpoint, CheckpointCommand, CheckpointRejectionCode>;
  /** 32 octets that nobody else knows. */
  readonly seed: Uint8Array;
  /** What the log's name begins with. */
  readonly origin: string;
  /** Where each checkpoint becomes a file. */
  readonly directory: string;
  /** How many files of this life of the log stay there at most. */
  readonly keepFiles: number;
  /** Told of files there that cannot be used. */
  readonly onUnusable: (error: NoteError) => void;
  /** Told of each file that was deleted because there were too many. */
  readonly onDeleted: () => void;
}

/** What came of signing. */
export type Signed =
  | { readonly outcome: "signed"; readonly eventId: string; readonly position: Position }
  | { readonly outcome: "nothing-new" }
  | Exclude<Compared, { readonly outcome: "continues" }>;

/** What came of comparing the log with what was signed of it. */
export type Compared =
  | { readonly outcome: "continues" }
  | { readonly outcome: "contradicted"; readonly message: string }
  /** It is too early to tell. */
  | { readonly outcome: "busy"; readonly message: string };

/** One life of the log, and what belongs to it. */
export interface Life {
  readonly key: SigningKey;
  readonly stream: string;
  readonly files: NoteFiles;
}

export interface CheckpointSigner {
  /** `undefined` while the view shows no event: the log has no name yet. */
  life(): Life | undefined;
  /** Whether the log continues all that was signed of it: by its own events, and by the files. */
  compare(): Promise<Compared>;
  /** Signs all that the view shows. A checkpoint is given out only once the log has it. */
  sign(meta: EventMeta): Promise<Signed>;
  /** Writes the newest checkpoint to its file, unless this was done. @throws Error of the file system */
  publish(): Promise<void>;
}

/** Signs checkpoints, each of which continues all that were signed before: recorded in the log, or found as files. */
export function createCheckpointSigner(options: SignerOptions): CheckpointSigner {
  const { tree, log, handle, seed, origin, directory, keepFiles, onUnusable, onDeleted } = options;
  let known: { readonly name: string; readonly life: Life } | undefined;
  let published: number | undefined;

  function life(): Life | undefined {
    const position = tree.position();
    if (position === undefined) return undefined;
    const name = lifeOf(position);
    if (known?.name !== name) {
      const key = signingKey(seed, origin, name);
      const files = noteFiles({ directory, life: name, key, onUnusable, onDeleted });
      known = { name, life: { key, stream: checkpointStream(name), files } };
      published = undefined;
    }
    return known.life;
  }

  async function compareWith(current: Life): Promise<Compared> {
    const signed = [...recordedBefore(tree), ...(await publishedBefore(current, options))];
    const { size } = tree.state();
    // What the view lacks is lost only when it shows all that there is.
    if (signed.some((each) => each.size > size) && tree.position() !== (await log.head())) {
      return { outcome: "busy", message: "the log's tree is still being made" };
    }
    const message = await contradictionIn(treeSource(tree, log), size, signed);
    return message === undefined ? { outcome: "continues" } : { outcome: "contradicted", message };
  }

  async function record(current: Life, { state, newest }: Shown, meta: EventMeta): Promise<Signed> {
    const continues = newest ? { size: newest.size, root: newest.root } : null;
    const command = { type: "RecordCheckpoint", ...checkpointOver(state, current.key), continues } as const;
    const result = await handle(current.stream, command, { meta });
    if (result.outcome === "rejected") return { outcome: "busy", message: result.rejection.message };
    const [eventId] = result.eventIds;
    if (eventId === undefined || result.position === undefined)
      throw new Error("a checkpoint was not recorded");
    return { outcome: "signed", eventId, position: result.position };
  }

  return {
    life,

    async compare() {
      const current = life();
      return current ? compareWith(current) : { outcome: "busy", message: "the log is empty" };
    },

    async sign(meta) {
      const current = life();
      if (!current) return { outcome: "nothing-new" };
      // Of one moment with what is compared: what comes meanwhile was not, and refuses the record.
      const shown = { state: tree.state(), newest: tree.newestCheckpoint(current.stream) };
      if (shown.state.size <= (shown.newest?.size ?? 0)) return { outcome: "nothing-new" };
      const compared = await compareWith(current);
      if (compared.outcome !== "continues") return compared;
      return record(current, shown, meta);
    },

    async publish() {
      const current = life();
      const newest = current && tree.newestCheckpoint(current.stream);
      if (!newest || newest.size === published || newest.verifierKey !== current.key.verifierKey) return;
      await current.files.publish(newest.size, newest.note);
      published = newest.size;
      await current.files.keep(keepFiles);
    },
  };
}

/** What the view showed at one moment. */
interface Shown {
  readonly state: TreeState;
  readonly newest: CheckpointRow | undefined;
}

function checkpointOver(state: TreeState, { origin, signer, verifierKey }: SigningKey) {
  const { size } = state;
  const root = Sha256.parse(createTreeBuilder({ state }).root());
  const note = signCheckpoint({ origin, size, root, extensions: [] }, [signer]);
  return { size, root, note, verifierKey };
}

/** What the log itself says that was signed last, in this life or before. */
function recordedBefore(tree: LogTreeReader): readonly Known[] {
  const newest = tree.newestCheckpoints(1);
  return newest.map(({ size, root, position }: CheckpointRow) => ({
    size,
    root,
    from: `the checkpoint that the log has at ${position}`,
  }));
}

/** What stays where the log may have been rolled back: the files. */
async function publishedBefore({ files }: Life, { directory }: SignerOptions): Promise<readonly Known[]> {
  const newest = await files.newest();
  return newest ? [{ ...newest, from: `a checkpoint in ${directory}` }] : [];
}
