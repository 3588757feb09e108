import { randomBytes, randomUUID } from "node:crypto";
import {
  type ArchiveLogOptions,
  archiveLog,
} from "../../../../../src/adapters/event-store/sqlite/archive/archive-log.ts";

/** When the logs of these tests begin. Each event is a second later. */
export const beginMs = Date.parse("2026-01-01T00:00:00Z");
export const dayMs = 86_400_000;

/** Archives what was signed in the first so many days. */
export function archiveDays(
  directory: string,
  days: number,
  options: Partial<ArchiveLogOptions> = {},
): ReturnType<typeof archiveLog> {
  return archiveLog({
    directory,
    clock: () => new Date(beginMs + 365 * dayMs),
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    onWarning(message) {
      throw new Error(message);
    },
    newId: randomUUID,
    signedBeforeMs: beginMs + days * dayMs - dayMs / 2,
    leastEvents: 1,
    ...options,
  });
}
