import { z } from "zod";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const dotted = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** An IPv4 address in canonical dotted form: no leading zeros, so that equal addresses are equal strings. */
export const Ipv4 = z.string().regex(dotted, "expected an IPv4 address such as 10.4.0.17").brand<"Ipv4">();
export type Ipv4 = z.infer<typeof Ipv4>;

/** The address as an unsigned 32-bit number, for ranges and comparisons. */
export function ipv4Number(address: Ipv4): number {
  let number = 0;
  let part = 0;
  // Every packet's addresses come by here, so digits are added up instead of cut out.
  for (let at = 0; at < address.length; at++) {
    const digit = address.charCodeAt(at) - digitZero;
    if (digit >= 0) {
      part = part * 10 + digit;
    } else {
      number = number * 256 + part;
      part = 0;
    }
  }
  return number * 256 + part;
}

const digitZero = "0".charCodeAt(0);

/** The numbers of an octet as text. */
const octets = Array.from({ length: 256 }, (_, value) => String(value));

/** The inverse of `ipv4Number`. `number`: 0 to 2^32 - 1. */
export function ipv4FromNumber(number: number): Ipv4 {
  const first = octets[number >>> 24];
  const second = octets[(number >>> 16) & 255];
  const third = octets[(number >>> 8) & 255];
  return `${first}.${second}.${third}.${octets[number & 255]}` as Ipv4;
}

/** An IPv4 network in CIDR notation (RFC 4632) whose host bits are zero, prefix length 8 to 30. */
export const Ipv4Cidr = z
  .string()
  .refine(
    (text) => cidrOf(text) !== undefined,
    "expected a network such as 10.4.0.0/16, host bits zero, /8 to /30",
  )
  .brand<"Ipv4Cidr">();
export type Ipv4Cidr = z.infer<typeof Ipv4Cidr>;

interface CidrBounds {
  /** Network address. */
  readonly first: number;
  /** Broadcast address. */
  readonly last: number;
  readonly prefixLength: number;
}

/** The bounds of a network, both ends included, as numbers. */
export function cidrBounds(cidr: Ipv4Cidr): CidrBounds {
  const bounds = cidrOf(cidr);
  if (!bounds) throw new Error(`${cidr} is not a network`);
  return bounds;
}

/** The network's mask (option 1, RFC 2132 s. 3.3), for example `255.255.0.0`. */
export function cidrMask(cidr: Ipv4Cidr): Ipv4 {
  return ipv4FromNumber(2 ** 32 - 2 ** (32 - cidrBounds(cidr).prefixLength));
}

export function cidrContains(cidr: Ipv4Cidr, address: Ipv4): boolean {
  const { first, last } = cidrBounds(cidr);
  const number = ipv4Number(address);
  return first <= number && number <= last;
}

function cidrOf(text: string): CidrBounds | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  if (rest.length > 0 || !dotted.test(address) || !/^\d{1,2}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength < 8 || prefixLength > 30) return undefined;
  const first = ipv4Number(address as Ipv4);
  const size = 2 ** (32 - prefixLength);
  return first % size === 0 ? { first, last: first + size - 1, prefixLength } : undefined;
}
