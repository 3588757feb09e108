import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";

/** A key that signatures are checked with (https://c2sp.org/signed-note). */
export interface NoteVerifier {
  readonly name: string;
  /** Eight hex digits. Name and id tell keys apart; the id alone is no proof of anything. */
  readonly id: string;
  verify(text: string, signature: Uint8Array): boolean;
}

/** A key that signs. */
export interface NoteSigner {
  readonly name: string;
  readonly id: string;
  sign(text: string): Uint8Array;
}

/** Why a key or a note was not taken. */
export type NoteErrorCode =
  /** A key that is not of the form that is written down, or of another kind than Ed25519. */
  | "KEY_MALFORMED"
  /** A note that is not of the form that is written down, or larger than is looked at. */
  | "NOTE_MALFORMED"
  /** A signature by a known key that is not over this text. */
  | "NOTE_SIGNATURE_WRONG"
  /** No signature by a known key. */
  | "NOTE_UNSIGNED"
  /** A proof that does not show what it is said to show. */
  | "PROOF_WRONG";

export class NoteError extends Error {
  override readonly name = "NoteError";
  readonly code: NoteErrorCode;

  constructor(code: NoteErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The signature type of Ed25519. The others that the specification knows are neither made nor checked here. */
const ed25519 = "\u0001";

/** What stands before the 32 octets of a key in DER (RFC 8410 s. 4 and 7). */
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");

const signerPrefix = "PRIVATE+KEY+";

/**
 * Reads `<name>+<id>+<base64 of the type and the key>`, as Go's `sumdb/note` writes it.
 *
 * @throws NoteError `KEY_MALFORMED`
 */
export function parseVerifierKey(text: string): NoteVerifier {
  const { name, id, key } = parseKey(text);
  if (id !== keyId(name, key)) throw malformed("its id is not the one of its name and key");
  const publicKey = publicKeyOf(key);
  return {
    name,
    id,
    verify: (signed, signature) => verify(undefined, Buffer.from(signed), publicKey, signature),
  };
}

/**
 * Reads `PRIVATE+KEY+<name>+<id>+<base64 of the type and the seed>`, as Go's `sumdb/note` writes it.
 *
 * @throws NoteError `KEY_MALFORMED`, which says nothing of the key
 */
export function parseSignerKey(text: string): NoteSigner {
  if (!text.startsWith(signerPrefix)) throw malformed("it is no signer key");
  const { name, id, key: seed } = parseKey(text.slice(signerPrefix.length));
  const privateKey = privateKeyOf(seed);
  if (id !== keyId(name, publicOctets(privateKey)))
    throw malformed("its id is not the one of its name and key");
  return { name, id, sign: (text) => sign(undefined, Buffer.from(text), privateKey) };
}

/** A pair of keys in their written form: the verifier key may be known to all, the signer key to nobody else. */
export interface KeyPair {
  readonly signerKey: string;
  readonly verifierKey: string;
}

/**
 * The keys that a seed makes.
 *
 * @param seed 32 random octets
 * @throws NoteError `KEY_MALFORMED` for a name that no key can have, or another number of octets
 */
export function keyPair(name: string, seed: Uint8Array): KeyPair {
  if (!isKeyName(name)) throw malformed("its name is empty, or has a space or a plus in it");
  if (seed.length !== 32) throw malformed(`its seed has ${seed.length} octets, not 32`);
  const key = publicOctets(privateKeyOf(Buffer.from(seed)));
  const named = `${name}+${keyId(name, key)}+`;
  return { signerKey: signerPrefix + named + typed(seed), verifierKey: named + typed(key) };
}

/** Whether a key may be called so: not empty, no white space of Unicode, no control character, no plus. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name) && name.isWellFormed();
}

/** The octets of base64 text as RFC 4648 s. 4 writes it, padding and all; `undefined` for any other text. */
export function fromBase64(text: string): Buffer | undefined {
  const octets = Buffer.from(text, "base64");
  return octets.toString("base64") === text ? octets : undefined;
}

function parseKey(text: string) {
  const [, name = "", id = "", encoded = ""] =
    /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  if (!isKeyName(name)) throw malformed("it is not a name, an id and a key with a plus between them");
  const octets = fromBase64(encoded);
  if (octets?.[0] !== ed25519.charCodeAt(0)) throw malformed("it is no Ed25519 key");
  return { name, id, key: octets.subarray(1) };
}

function keyId(name: string, key: Uint8Array): string {
  return hash("sha256", Buffer.concat([Buffer.from(`${name}\n${ed25519}`), key])).slice(0, 8);
}

function typed(key: Uint8Array): string {
  return Buffer.concat([Buffer.from(ed25519), key]).toString("base64");
}

function publicKeyOf(key: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, key]), format: "der", type: "spki" });
}

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
}

function publicOctets(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(publicPrefix.length);
}

function malformed(why: string): NoteError {
  return new NoteError("KEY_MALFORMED", `this is no key of a note: ${why}`);
}
