import type { Architecture } from "../../../domain/values/architecture.ts";
import { concat, text, textUntilNul, uint16At } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/** Option 60: what kind of client this is; `PXEClient:Arch:…` and `HTTPClient:Arch:…` want to be booted. */
export const vendorClass: DhcpOption<string> = {
  code: 60,
  name: "vendor-class-identifier",
  source: "RFC 2132 s. 9.13",
  ...text,
};

/** Option 66: the name of the TFTP server, for clients that do not look at `siaddr`. */
export const tftpServerName: DhcpOption<string> = {
  code: 66,
  name: "tftp-server-name",
  source: "RFC 2132 s. 9.4",
  ...text,
};

/**
 * Option 67: the file or URL to boot.
 *
 * Written with a NUL at its end: EDK2 puts one there itself, over the code of the option that follows.
 */
export const bootFileName: DhcpOption<string> = {
  code: 67,
  name: "boot-file-name",
  source: "RFC 2132 s. 9.5",
  decode: text.decode,
  encode: (name) => Buffer.from(`${name}\0`, "latin1"),
};

/**
 * IANA "Processor Architecture Types".
 *
 * RFC 4578 printed 7 as EBC and 9 as x64; the registry says the reverse, and so do machines in the field,
 * hence both map to x64.
 */
const architectureByType: Readonly<Record<number, Architecture>> = {
  0: "x86-bios",
  6: "x86-uefi",
  7: "x64-uefi",
  9: "x64-uefi",
  10: "arm32-uefi",
  11: "arm64-uefi",
  15: "x86-uefi-http",
  16: "x64-uefi-http",
  18: "arm32-uefi-http",
  19: "arm64-uefi-http",
  27: "riscv64-uefi",
  28: "riscv64-uefi-http",
};

const typeByArchitecture: Readonly<Record<Architecture, number>> = {
  "x86-bios": 0,
  "x64-uefi": 7,
  "arm64-uefi": 11,
  "x64-uefi-http": 16,
  "arm64-uefi-http": 19,
  "x86-uefi": 6,
  "x86-uefi-http": 15,
  "arm32-uefi": 10,
  "arm32-uefi-http": 18,
  "riscv64-uefi": 27,
  "riscv64-uefi-http": 28,
};

/**
 * Option 93: the architectures that the firmware can boot, most preferred first, two octets each.
 *
 * Types that this service has no boot file for are left out, so an empty list means "cannot boot here".
 */
export const clientArchitecture: DhcpOption<readonly Architecture[]> = {
  code: 93,
  name: "client-architecture",
  source: "RFC 4578 s. 2.1",
  decode(octets, start = 0, end = octets.length) {
    if (end === start || (end - start) % 2 !== 0) return undefined;
    const architectures: Architecture[] = [];
    for (let at = start; at < end; at += 2) {
      const architecture = architectureByType[uint16At(octets, at)];
      if (architecture) architectures.push(architecture);
    }
    return architectures;
  },
  encode: (architectures) =>
    concat(architectures.map((architecture) => Uint8Array.of(0, typeByArchitecture[architecture]))),
};

/** The interface's driver interface: `type` 1 is UNDI, then its version. */
export interface NetworkInterface {
  readonly type: number;
  readonly major: number;
  readonly minor: number;
}

/** Option 94. */
export const clientNetworkInterface: DhcpOption<NetworkInterface> = {
  code: 94,
  name: "client-network-interface",
  source: "RFC 4578 s. 2.2",
  decode(octets, start = 0, end = octets.length) {
    if (end - start !== 3) return undefined;
    const [type = 0, major = 0, minor = 0] = octets.subarray(start, end);
    return { type, major, minor };
  },
  encode: ({ type, major, minor }) => Uint8Array.of(type, major, minor),
};

const classBytesMax = 255;

/**
 * Option 77: the classes that the client counts itself to.
 *
 * RFC 3004 wants each class behind its length. iPXE sends the bare text `iPXE`, and so does what imitates it:
 * octets that do not add up as lengths are one class.
 */
export const userClass: DhcpOption<readonly string[]> = {
  code: 77,
  name: "user-class",
  source: "RFC 3004 s. 4",
  decode(octets, start = 0, end = octets.length) {
    const framed = framedClasses(octets, start, end);
    if (framed) return framed;
    const bare = textUntilNul(octets, start, end);
    // What is longer than a class can be is no class without its length either.
    return bare.length > 0 && bare.length <= classBytesMax ? [bare] : undefined;
  },
  encode: (classes) =>
    concat(classes.map((name) => Buffer.concat([Uint8Array.of(name.length), Buffer.from(name, "latin1")]))),
};

function framedClasses(octets: Uint8Array, start: number, end: number): readonly string[] | undefined {
  const classes: string[] = [];
  for (let at = start; at < end; ) {
    const next = at + 1 + (octets[at] ?? 0);
    if (next === at + 1 || next > end) return undefined;
    const name = textUntilNul(octets, at + 1, next);
    if (name !== "") classes.push(name);
    at = next;
  }
  return classes.length > 0 ? classes : undefined;
}
