import { EventStoreError } from "../../../domain/ports/event-store.ts";
import type { LogIdentity } from "../position.ts";
import { counterOf, nextIncarnation, type Restored } from "../sqlite/fence.ts";
import type { Witness } from "../sqlite/witness.ts";

/** What the last process in a data directory saw of the log; `undefined`: there was none. */
export type LastWitness = Witness | "unreadable" | undefined;

/** What is to be mended before anything can be said of the log, for a person. */
const file = "log/witness.json of the data directory";

/**
 * Whether the engine was restored, or replaced by an older one, since the data directory's last process: `undefined`
 * when nothing tells so. Without a witness nothing does.
 *
 * @param stands whether the event is where it was
 * @throws EventStoreError `LOG_DAMAGED` when it is another log: to fence it would hold up others, who are at home in it
 */
export async function olderThanWitness(
  witness: LastWitness,
  identity: LogIdentity,
  stands: (seen: Witness) => Promise<boolean>,
): Promise<Restored | undefined> {
  if (witness === undefined) return undefined;
  const seen = readable(witness);
  if (seen.logId !== identity.logId) {
    const message = `the engine holds log ${identity.logId}, and ${file} is of log ${seen.logId}: name the right engine in store, or move that file away`;
    throw new EventStoreError("LOG_DAMAGED", message);
  }
  // Another process was faster, and has fenced the log.
  if (counterOf(seen) < counterOf(identity)) return undefined;
  const { incarnation: previousIncarnation } = identity;
  const copy = (message: string) =>
    ({ evidence: "older-than-witness", previousIncarnation, message }) as const;
  if (seen.incarnation !== identity.incarnation) {
    return copy("the engine holds another incarnation of the log than this process followed");
  }
  if (seen.position === 0 || (await stands(seen))) return undefined;
  return copy(
    `the engine's log lacks the event at ${seen.position} that this process saw last: it is an older one`,
  );
}

/** The incarnation after both: what the engine holds, and what was seen. */
export function incarnationAfter(witness: LastWitness, identity: LogIdentity, random8: string): string {
  return nextIncarnation({ identity, witness }, random8);
}

/** @throws EventStoreError `LOG_DAMAGED` when a process followed a log here before: an empty engine is not it */
export function refuseEmpty(witness: LastWitness): void {
  if (witness === undefined) return;
  const message = `the engine is empty, and ${file} is of log ${readable(witness).logId}: restore the engine, or move that file away to begin a new log`;
  throw new EventStoreError("LOG_DAMAGED", message);
}

function readable(witness: Exclude<LastWitness, undefined>): Witness {
  if (witness !== "unreadable") return witness;
  const message = `${file} is unreadable, so nothing shows that the engine holds the newest log: move it away if you know that it does`;
  throw new EventStoreError("LOG_DAMAGED", message);
}
