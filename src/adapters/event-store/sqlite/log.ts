import type { LogIdentity } from "../position.ts";
import type { Restored } from "./fence.ts";
import type { LogHealth } from "./latch.ts";
import type { LogReader } from "./reader.ts";
import type { Append, AppendOutcome } from "./writer.ts";

/** The log in the thread that writes it. Positions are numbers here. */
export interface Log {
  readonly identity: LogIdentity;
  /** As it was opened: set from the first start on a copy until the one after a RestoreDetected event. */
  readonly restored: Restored | undefined;
  readonly reader: LogReader;
  /**
   * Decides and writes all appends in one transaction; what it answers is durable. The first error of the
   * disk makes the log read-only: everything is refused until `recover` succeeded.
   */
  commit(appends: readonly Append[]): readonly AppendOutcome[];
  health(): LogHealth;
  /**
   * Tries to become writable again: free space, the file opened anew where it is uncertain, a probe
   * committed.
   */
  recover(): void;
  /**
   * Puts everything into the database file and releases the lock. Other connections are to be closed before.
   */
  close(): Promise<void>;
}
