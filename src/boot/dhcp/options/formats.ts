import { type Ipv4, ipv4FromNumber, ipv4Number } from "../../../domain/values/ipv4.ts";
import type { DhcpOption } from "./option.ts";

type Format<Value> = Pick<DhcpOption<Value>, "decode" | "encode">;

/** Two octets in network order. */
export const uint16: Format<number> = {
  decode: (octets, start = 0, end = octets.length) =>
    end - start === 2 ? uint16At(octets, start) : undefined,
  encode: (value) => Uint8Array.of(value >>> 8, value),
};

/** Four octets in network order, unsigned. */
export const uint32: Format<number> = {
  decode: (octets, start = 0, end = octets.length) =>
    end - start === 4 ? uint32At(octets, start) : undefined,
  encode: (value) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value),
};

/** One IPv4 address. */
export const address: Format<Ipv4> = {
  decode: (octets, start = 0, end = octets.length) =>
    end - start === 4 ? ipv4FromNumber(uint32At(octets, start)) : undefined,
  encode: (value) => uint32.encode(ipv4Number(value)),
};

/** One IPv4 address or more. */
export const addresses: Format<readonly Ipv4[]> = {
  decode(octets, start = 0, end = octets.length) {
    const count = (end - start) / 4;
    if (count === 0 || !Number.isInteger(count)) return undefined;
    return Array.from({ length: count }, (_, index) => ipv4FromNumber(uint32At(octets, start + index * 4)));
  },
  encode: (values) => concat(values.map(address.encode)),
};

/**
 * Text of one octet a character. NULs at the end are left out, as RFC 2132 s. 2 asks of a receiver;
 * everything after the first NUL belongs to nobody and is left out too.
 */
export const text: Format<string> = {
  decode: (octets, start = 0, end = octets.length) => textUntilNul(octets, start, end) || undefined,
  encode: (value) => Buffer.from(value, "latin1"),
};

/** Whatever the octets are. */
export const opaque: Format<Uint8Array> = {
  decode: (octets, start = 0, end = octets.length) => octets.subarray(start, end),
  encode: (value) => value,
};

/** The octets before the first NUL, as Latin-1, so that no octet is invalid and none is lost. */
export function textUntilNul(octets: Uint8Array, start = 0, end = octets.length): string {
  let at = start;
  while (at < end && octets[at] !== 0) at++;
  return bufferOf(octets).toString("latin1", start, at);
}

export function uint16At(octets: Uint8Array, at: number): number {
  return ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
}

export function uint32At(octets: Uint8Array, at: number): number {
  return ((uint16At(octets, at) << 16) | uint16At(octets, at + 2)) >>> 0;
}

/** Lower case, two digits an octet. */
export function hexOf(octets: Uint8Array, start = 0, end = octets.length): string {
  return bufferOf(octets).toString("hex", start, end);
}

/** The same octets with the methods of a `Buffer`. */
export function bufferOf(octets: Uint8Array): Buffer {
  return Buffer.isBuffer(octets) ? octets : Buffer.from(octets.buffer, octets.byteOffset, octets.length);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Uint8Array.from(Buffer.concat(parts));
}
