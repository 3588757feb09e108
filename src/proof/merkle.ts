import { hash } from "node:crypto";

/** SHA-256 in lower case hex. */
export type Hash = string;

/** The root of the tree without a leaf: SHA-256 of nothing (RFC 6962 s. 2.1). */
export const emptyRoot: Hash = hash("sha256", "");

const hashPattern = /^[0-9a-f]{64}$/;

/** Whether a text is a SHA-256 in the one spelling that is used here. */
export function isHash(text: string): boolean {
  return hashPattern.test(text);
}

/**
 * The hash of a leaf: SHA-256 of the octet 0 and the leaf's data (RFC 6962 s. 2.1).
 *
 * @param data in hex, of any length; for a log of events, the hash of an event
 */
export function leafHash(data: string): Hash {
  return hash("sha256", Buffer.from(`00${data}`, "hex"));
}

/** The hash of what has two others below it: SHA-256 of the octet 1 and both (RFC 6962 s. 2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return hash("sha256", Buffer.from(`01${left}${right}`, "hex"));
}

/** The largest power of two that is smaller than a size of 2 or more: where RFC 6962 s. 2.1 splits a tree. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
