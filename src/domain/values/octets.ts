import { z } from "zod";

/** Octets in lower case hex, from `min` to `max` of them. */
export function hexOctets({ min, max }: { readonly min: number; readonly max: number }) {
  return z
    .string()
    .regex(
      new RegExp(`^(?:[0-9a-f]{2}){${min},${max}}$`),
      `expected ${min} to ${max} octets in lower case hex`,
    );
}

/** The octets that a text of `hexOctets` stands for. */
export function octetsOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
}

/** The inverse of `octetsOf`. */
export function hexOf(octets: Iterable<number>): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}
