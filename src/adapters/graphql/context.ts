import type { Rights } from "../../domain/access/rights.ts";
import type { MachineRun } from "../../domain/machine/end-abandoned-runs.ts";
import type { BackupTaker } from "../../domain/ports/backup-taker.ts";
import type { BootExplainer } from "../../domain/ports/boot-explainer.ts";
import type { ClockWatch } from "../../domain/ports/clock-watch.ts";
import type { EnvironmentFolders } from "../../domain/ports/environment-folders.ts";
import type { EventReader, Position } from "../../domain/ports/event-store.ts";
import type { LogArchives } from "../../domain/ports/log-archives.ts";
import type { LogEvidence } from "../../domain/ports/log-evidence.ts";
import type { OverlayStore } from "../../domain/ports/overlay-store.ts";
import type { AccessViews } from "../access/access-views.ts";
import type { Caller } from "../access/caller.ts";
import type { LogVerifier } from "./audit/verifier.ts";
import type { Commands } from "./commands.ts";
import type { Sight } from "./guard/sight.ts";
import type { FindImage } from "./images.ts";
import type { Past } from "./models.ts";
import type { PastLists } from "./past/past-lists.ts";
import type { ReadModels } from "./read-models.ts";

/** What resolvers may touch: read models and the log to read, commands to write. The same for every request. */
export interface ApiServices {
  readonly views: ReadModels;
  readonly log: EventReader;
  readonly commands: Commands;
  readonly findImage: FindImage;
  /** For whoever operates the service: whoever asks it has looked. */
  readonly backups: BackupTaker;
  /** What was signed of the log, and proofs. It tells hashes of every event, and what none of them holds. */
  readonly evidence: LogEvidence;
  /** Old events of the log that are in files of their own. */
  readonly archives: LogArchives;
  /** For whoever may have the log as a whole: whoever asks it has looked. `undefined`: an engine of its own has it. */
  readonly verifier: LogVerifier;
  readonly environmentFolders: EnvironmentFolders;
  /** Of every interface: whoever asks it has looked whether its machine is seen. */
  readonly bootExplainer: BootExplainer;
  /** Of the host's wall clock. */
  readonly clockWatch: ClockWatch;
  readonly clock: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** A UUIDv8 that is the same for the same cause and steps. */
  readonly deriveId: (cause: string, ...steps: readonly string[]) => string;
  /** How long a query waits for `minPosition`, milliseconds. */
  readonly waitMs: number;
  /** How long a feed may be silent, milliseconds. */
  readonly heartbeatMs: number;
  /** Told of an error that no caller may see, where no request can tell. */
  readonly onFault: (error: unknown) => void;
}

/** What resolvers get: the services, guarded for whoever asks, and who that is. */
export interface GraphqlContext extends ApiServices {
  readonly caller: Caller;
  /** What the caller sees of everything else. */
  readonly sight: Sight;
  /** What the caller may see of lists as they were. */
  readonly pastLists: (past: Past) => PastLists;
  /** For feeds that tell of changes, and show what changed by `views`. No event of it may be shown. */
  readonly changeLog: Pick<EventReader, "subscribe">;
  /** The runs that had not ended at a place in the log. @throws GraphQLError `FORBIDDEN` to whoever does not operate */
  readonly liveRuns: (until: Position) => Promise<readonly MachineRun[]>;
  /** What the caller may see of principals, tokens and roles. */
  readonly access: AccessViews;
  /** The same as it was at a moment. */
  readonly accessThen: (past: Past) => Promise<AccessViews>;
  /** Resolves when `access` shows everything that is in the log by now. */
  readonly refreshAccess: () => Promise<void>;
  /** What the caller could do when the request came. */
  readonly rights: Rights;
  /** `user:<name>`: goes into every event that follows. */
  readonly actor: string;
  /** The network address that the request came from. */
  readonly sourceAddress: string;
  /** W3C Trace Context, when the request carried one. */
  readonly traceparent?: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /**
   * Acts as the same caller on a copy of the log, for dry runs. The copy is gone when `act` has answered.
   *
   * @throws OverlayFullError when the copy would have to remember too much
   */
  rehearse<Result>(act: (rehearsal: Rehearsal) => Promise<Result>): Promise<Result>;
}

/** What a dry run works with. */
export interface Rehearsal {
  /** Its `commands` and `log` are those of the copy; its `views` show what is. */
  readonly context: GraphqlContext;
  readonly log: Pick<OverlayStore, "before" | "readStream" | "appended">;
}
