import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Sha256 } from "../values/sha256.ts";

/**
 * The service vouched for the log as it was: so many events, in this order and no other. Whoever has the note and the
 * key can tell whether the log still begins with them.
 */
export const CheckpointSigned = defineEvent("CheckpointSigned", {
  /** How many events it covers, from the first one on. */
  size: z.int().positive(),
  /** The root of the tree over them (RFC 6962 s. 2.1). */
  root: Sha256,
  /** The signed checkpoint in its written form (https://c2sp.org/tlog-checkpoint). */
  note: z.string().max(2_000),
  /** The public key that it is checked with, as it is written down. It begins with the log's name, the origin. */
  verifierKey: z.string().max(500),
});

const checkpointEvents = [CheckpointSigned] as const;
export type CheckpointEvent = EventOf<(typeof checkpointEvents)[number]>;
export const checkpointCodec = eventCodec(checkpointEvents);

/**
 * Each life of a log has a stream of its own: what is signed after a restore need not continue what was signed before.
 *
 * @param life the log's id and its incarnation, as every position begins
 */
export function checkpointStream(life: string): string {
  return `checkpoint-${life}`;
}
