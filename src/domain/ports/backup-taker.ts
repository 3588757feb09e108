/** What a copy of the log is, for whoever has to find it, trust it and restore it. */
export interface BackupFacts {
  /** Its name, without a folder. */
  readonly file: string;
  /** How many events it holds: the first so many of the log. */
  readonly events: number;
  /** Hash of the newest of them, in hex; empty when there is none. */
  readonly lastHash: string;
  readonly bytes: number;
  /** Of the file, lower case hex. */
  readonly sha256: string;
}

/** Copies the log while everything goes on. */
export interface BackupTaker {
  /**
   * Resolves when the copy is complete, checked and on disk.
   *
   * @throws BackupError
   */
  take(): Promise<BackupFacts>;
}

/** Why there is no copy of the log. */
export type BackupErrorCode =
  /** Another backup is under way. Worth trying again when it is done. */
  | "BACKUP_RUNNING"
  /** The disk of the backups has no room for another. */
  | "BACKUP_NO_SPACE"
  /** The copy could not be made, or is not sound. The message says why; nothing was left behind. */
  | "BACKUP_FAILED"
  /** The log is in an engine that has backups of its own. */
  | "BACKUP_ELSEWHERE";

export class BackupError extends Error {
  override readonly name = "BackupError";
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
