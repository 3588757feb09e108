import type { Position } from "../../domain/ports/event-store.ts";
import {
  keyPair,
  type NoteSigner,
  type NoteVerifier,
  parseSignerKey,
  parseVerifierKey,
} from "../../proof/note-keys.ts";

/** The key of one life of a log. */
export interface SigningKey {
  /** What the log is called: the first line of each checkpoint. */
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly verifier: NoteVerifier;
  /** The public key in its written form. */
  readonly verifierKey: string;
}

/**
 * The key that signs for a log. Its name has the log's id and incarnation in it: what a restored log signs would
 * contradict what it signed before, if both were said under one name.
 *
 * @param seed 32 octets that nobody else knows
 */
export function signingKey(seed: Uint8Array, prefix: string, life: string): SigningKey {
  const origin = `${prefix}/${life}`;
  const { signerKey, verifierKey } = keyPair(origin, seed);
  return {
    origin,
    signer: parseSignerKey(signerKey),
    verifier: parseVerifierKey(verifierKey),
    verifierKey,
  };
}

/** The log's id and its incarnation, as its positions begin. */
export function lifeOf(position: Position): string {
  return position.slice(0, position.lastIndexOf("."));
}
