import { Ipv4, ipv4FromNumber, ipv4Number } from "../values/ipv4.ts";
import { hexOf, octetsOf } from "../values/octets.ts";

/** How people write the octets of an option. */
export interface OptionCodec {
  /** What a text must look like, as the end of "expected ...". */
  readonly expected: string;
  /** `undefined`: the text is not what is expected. */
  read(text: string): readonly number[] | undefined;
  /** `undefined`: no text of this kind says these octets. A text may say other octets: read it back to be sure. */
  show(octets: readonly number[]): string | undefined;
}

/** Octets whose meaning is nobody's here. */
export const hex: OptionCodec = {
  expected: "octets in hex, such as 0a4d0001",
  read: (text) => (/^(?:[0-9a-f]{2})*$/i.test(text) ? [...octetsOf(text.toLowerCase())] : undefined),
  show: (octets) => hexOf(octets),
};

/** A number in network order, two's complement where `isSigned`. */
export function integer(bytes: 1 | 2 | 4, isSigned = false): OptionCodec {
  const size = 2 ** (bytes * 8);
  const [min, max] = isSigned ? [-size / 2, size / 2 - 1] : [0, size - 1];
  return {
    expected: `a number from ${min} to ${max}`,
    read(text) {
      const number = Number(text);
      if (!/^-?\d{1,10}$/.test(text) || number < min || number > max) return undefined;
      return bigEndian((number + size) % size, bytes);
    },
    show(octets) {
      if (octets.length !== bytes) return undefined;
      const number = numberOf(octets);
      return `${number > max ? number - size : number}`;
    },
  };
}

export const yesNo: OptionCodec = {
  expected: "true or false",
  read: (text) => (text === "true" ? [1] : text === "false" ? [0] : undefined),
  show: ([octet]) => (octet === 1 ? "true" : "false"),
};

/** UTF-8 without control characters. RFC 2132 knows ASCII only, and devices that take more take this. */
export const text: OptionCodec = {
  expected: "text without control characters",
  read(given) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const isPrintable = given.length > 0 && given.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(given);
    return isPrintable ? [...new TextEncoder().encode(given)] : undefined;
  },
  show: (octets) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(octets)),
};

export const ipv4: OptionCodec = {
  expected: "an IPv4 address such as 10.77.0.1",
  read: (given) => addressOctets(given),
  show: (octets) => (octets.length === 4 ? ipv4FromNumber(numberOf(octets)) : undefined),
};

/** At least one IPv4 address; where they go together, always `together` of them. */
export function ipv4List(together: 1 | 2 = 1): OptionCodec {
  const kind = together === 1 ? "IPv4 addresses" : "pairs of IPv4 addresses";
  return listOf({
    expected: `${kind} with commas between them`,
    read(items) {
      return items.length % together === 0 ? concatenated(items.map(addressOctets)) : undefined;
    },
    show: (octets) => chunks(octets, 4)?.map((each) => ipv4FromNumber(numberOf(each))),
  });
}

/** Numbers of two octets. */
export const uint16List: OptionCodec = listOf({
  expected: "numbers from 0 to 65535 with commas between them",
  read: (items) => concatenated(items.map((item) => integer(2).read(item))),
  show: (octets) => chunks(octets, 2)?.map((each) => `${numberOf(each)}`),
});

/** Names in the search list of a resolver (RFC 3397), written without compression, which is allowed. */
export const domainList: OptionCodec = listOf({
  expected: "domain names with commas between them",
  read: (items) => concatenated(items.map(nameOctets)),
  show: namesIn,
});

/** Routes by destination (RFC 3442): `10.0.0.0/8 via 10.77.0.1`. */
export const classlessRoutes: OptionCodec = listOf({
  expected: "routes such as 10.0.0.0/8 via 10.77.0.1, with commas between them, host bits zero",
  read: (items) => concatenated(items.map(routeOctets)),
  show: routesIn,
});

/** Data by enterprise number (RFC 3925): `311:0104`. */
export const vendorIdentifying: OptionCodec = listOf({
  expected: "enterprise numbers with octets in hex, such as 311:0104, with commas between them",
  read: (items) => concatenated(items.map(vendorOctets)),
  show: vendorsIn,
});

interface ListCodec {
  readonly expected: string;
  read(items: readonly string[]): readonly number[] | undefined;
  show(octets: readonly number[]): readonly string[] | undefined;
}

/** Items with commas between them, and spaces as one likes. */
function listOf({ expected, read, show }: ListCodec): OptionCodec {
  return {
    expected,
    read: (given) => read(given.split(",").map((item) => item.trim())),
    show: (octets) => show(octets)?.join(", "),
  };
}

function concatenated(parts: readonly (readonly number[] | undefined)[]): readonly number[] | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? known.flat() : undefined;
}

function chunks(octets: readonly number[], size: number): readonly (readonly number[])[] | undefined {
  if (octets.length === 0 || octets.length % size !== 0) return undefined;
  return Array.from({ length: octets.length / size }, (_, index) =>
    octets.slice(index * size, (index + 1) * size),
  );
}

function addressOctets(given: string): readonly number[] | undefined {
  const address = Ipv4.safeParse(given).data;
  return address && bigEndian(ipv4Number(address), 4);
}

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

function nameOctets(name: string): readonly number[] | undefined {
  const labels = name.split(".");
  if (name.length > 253 || !labels.every((each) => label.test(each))) return undefined;
  return [...labels.flatMap((each) => [each.length, ...asciiOctets(each)]), 0];
}

function namesIn(octets: readonly number[]): readonly string[] | undefined {
  const names: string[] = [];
  const labels: string[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = octetAt(octets, at);
    if (length === 0) names.push(labels.splice(0).join("."));
    else labels.push(String.fromCharCode(...octets.slice(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return names;
}

const route = /^([\d.]+)\/(\d{1,2}) via ([\d.]+)$/;

function routeOctets(given: string): readonly number[] | undefined {
  const [, network = "", length = "", router = ""] = route.exec(given) ?? [];
  const destination = addressOctets(network);
  const via = addressOctets(router);
  const width = Number(length);
  if (!destination || !via || width > 32 || numberOf(destination) % 2 ** (32 - width) !== 0) return undefined;
  return [width, ...destination.slice(0, Math.ceil(width / 8)), ...via];
}

function routesIn(octets: readonly number[]): readonly string[] | undefined {
  const routes: string[] = [];
  for (let at = 0; at < octets.length; ) {
    const width = octetAt(octets, at);
    const significant = Math.ceil(width / 8);
    const end = at + 1 + significant + 4;
    if (width > 32 || end > octets.length) return undefined;
    const destination = [...octets.slice(at + 1, at + 1 + significant), 0, 0, 0, 0].slice(0, 4);
    routes.push(`${dotted(destination)}/${width} via ${dotted(octets.slice(end - 4, end))}`);
    at = end;
  }
  return routes;
}

function vendorOctets(given: string): readonly number[] | undefined {
  const [, enterprise = "", data = "-"] = /^(\d+):([0-9a-f]*)$/i.exec(given) ?? [];
  const number = integer(4).read(enterprise);
  const octets = hex.read(data);
  if (!number || !octets || octets.length > 255) return undefined;
  return [...number, octets.length, ...octets];
}

function vendorsIn(octets: readonly number[]): readonly string[] | undefined {
  const vendors: string[] = [];
  for (let at = 0; at < octets.length; ) {
    const end = at + 5 + octetAt(octets, at + 4);
    vendors.push(`${numberOf(octets.slice(at, at + 4))}:${hexOf(octets.slice(at + 5, end))}`);
    at = end;
  }
  return vendors;
}

function dotted(octets: readonly number[]): Ipv4 {
  return ipv4FromNumber(numberOf(octets));
}

function asciiOctets(given: string): readonly number[] {
  return [...new TextEncoder().encode(given)];
}

function bigEndian(number: number, bytes: number): readonly number[] {
  return Array.from({ length: bytes }, (_, index) => (number >>> (8 * (bytes - 1 - index))) & 255);
}

/** 0 beyond the end. */
function octetAt(octets: readonly number[], at: number): number {
  return numberOf(octets.slice(at, at + 1));
}

function numberOf(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
