import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Sha256 } from "../values/sha256.ts";

export const systemStream = "system";

/** The service came up, in this version and on this host. */
export const ServiceStarted = defineEvent("ServiceStarted", {
  /** Of Ironledger. */
  version: z.string(),
  nodeVersion: z.string(),
  hostname: z.string(),
});

/** How it was noticed that the log is a copy of an older one, or of one that may go on elsewhere. */
export const RestoreEvidence = z.enum([
  "restore-command",
  "copied-files",
  "older-than-witness",
  "older-than-checkpoint",
  "migration",
]);
export type RestoreEvidence = z.infer<typeof RestoreEvidence>;

/** The log continues from a copy. Nothing outside is touched until an operator starts an effects epoch. */
export const RestoreDetected = defineEvent("RestoreDetected", {
  evidence: RestoreEvidence,
  /** The incarnation that the copy was taken of. */
  previousIncarnation: z.string(),
  message: z.string(),
});

/** An operator looked at the restored state and lets the service act again. Ends every older intent. */
export const EffectsEpochStarted = defineEvent("EffectsEpochStarted", {
  /** From 1. */
  epoch: z.int().positive(),
});

/** The wall clock jumped by more than a minute. Expiry and grants of lapsed addresses wait. */
export const ClockStepped = defineEvent("ClockStepped", {
  fromMs: z.int(),
  toMs: z.int(),
});

/** An operator confirmed that the clock is right. */
export const ClockConfirmed = defineEvent("ClockConfirmed", {});

/** A copy of the log was made that `restore` takes. It ends before this event. */
export const BackupTaken = defineEvent("BackupTaken", {
  /** Its name in the service's backup directory. */
  file: z.string(),
  /** How many events it holds: the first so many of the log. */
  events: z.int().nonnegative(),
  /** Hash of the newest of them, in hex; empty when there is none. */
  lastHash: z.string(),
  bytes: z.int().nonnegative(),
  /** Of the file, lower case hex. */
  sha256: z.string(),
});

/** Of several processes on one log this one runs timers, expiry and the like from now on, until another takes over. */
export const LeadershipTaken = defineEvent("LeadershipTaken", {
  /** From 1; each is higher than the one before. */
  term: z.int().positive(),
  /** The process: its host's name and something random. */
  holder: z.string(),
  /** After so long without a word of it another process takes over. */
  leaseSeconds: z.number().positive(),
});

/**
 * Events of the log are in an archive, too: from now on the log's own file may be without them. The archive was read
 * back and is what the checkpoint was signed over.
 */
export const SegmentArchived = defineEvent("SegmentArchived", {
  /** The archive begins behind this event, counted from 1; 0: it begins with the log. */
  after: z.int().nonnegative(),
  /** The last event of the archive. */
  through: z.int().positive(),
  /** The root of the tree over all events up to there (RFC 6962 s. 2.1), and the blocks that it is made of. */
  root: Sha256,
  edge: z.array(Sha256).max(64),
  /** Its name in the log's folder of archives. */
  file: z.string().max(255),
  bytes: z.int().positive(),
  /** Of the file. */
  sha256: Sha256,
  /** The signed checkpoint (https://c2sp.org/tlog-checkpoint), and the public key that it is checked with. */
  note: z.string().max(2_000),
  verifierKey: z.string().max(500),
});
/** Where events are that may be in the log's own file no more. */
export type ArchivedSegment = EventOf<typeof SegmentArchived>["data"];

const systemEvents = [
  ServiceStarted,
  RestoreDetected,
  EffectsEpochStarted,
  ClockStepped,
  ClockConfirmed,
  LeadershipTaken,
  BackupTaken,
  SegmentArchived,
] as const;
export type SystemEvent = EventOf<(typeof systemEvents)[number]>;
export const systemCodec = eventCodec(systemEvents);
