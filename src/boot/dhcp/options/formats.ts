import { type Ipv4, ipv4FromNumber, ipv4Number } from "../../../domain/values/ipv4.ts";
import type { DhcpOption } from "./option.ts";

type Format<Value> = Pick<DhcpOption<Value>, "decode" | "encode">;

/** Two octets in network order. */
export const uint16: Format<number> = {
  decode: (bytes) => (bytes.length === 2 ? viewOf(bytes).getUint16(0) : undefined),
  encode(value) {
    const bytes = new Uint8Array(2);
    viewOf(bytes).setUint16(0, value);
    return bytes;
  },
};

/** Four octets in network order, unsigned. */
export const uint32: Format<number> = {
  decode: (bytes) => (bytes.length === 4 ? viewOf(bytes).getUint32(0) : undefined),
  encode(value) {
    const bytes = new Uint8Array(4);
    viewOf(bytes).setUint32(0, value);
    return bytes;
  },
};

/** One IPv4 address. */
export const address: Format<Ipv4> = {
  decode: (bytes) => (bytes.length === 4 ? ipv4FromNumber(viewOf(bytes).getUint32(0)) : undefined),
  encode: (value) => uint32.encode(ipv4Number(value)),
};

/** One IPv4 address or more. */
export const addresses: Format<readonly Ipv4[]> = {
  decode(bytes) {
    if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
    const view = viewOf(bytes);
    return Array.from({ length: bytes.length / 4 }, (_, index) => ipv4FromNumber(view.getUint32(index * 4)));
  },
  encode: (values) => concat(values.map(address.encode)),
};

/**
 * Text of one octet a character. NULs at the end are left out, as RFC 2132 s. 2 asks of a receiver;
 * everything after the first NUL belongs to nobody and is left out too.
 */
export const text: Format<string> = {
  decode: (bytes) => textUntilNul(bytes) || undefined,
  encode: (value) => Buffer.from(value, "latin1"),
};

/** Whatever the octets are. */
export const opaque: Format<Uint8Array> = {
  decode: (bytes) => bytes,
  encode: (value) => value,
};

/** The octets before the first NUL, as Latin-1, so that no octet is invalid and none is lost. */
export function textUntilNul(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  return Buffer.from(bytes.buffer, bytes.byteOffset, nul === -1 ? bytes.length : nul).toString("latin1");
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Uint8Array.from(Buffer.concat(parts));
}
