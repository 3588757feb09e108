import type { Architecture } from "../../../domain/values/architecture.ts";
import { concat, opaque, text, textUntilNul, viewOf } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/** Option 43: what only the vendor class's own clients understand. Carried as octets. */
export const vendorSpecific: DhcpOption<Uint8Array> = {
  code: 43,
  name: "vendor-specific-information",
  source: "RFC 2132 s. 8.4",
  ...opaque,
};

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
  7: "x64-uefi",
  9: "x64-uefi",
  11: "arm64-uefi",
  16: "x64-uefi-http",
  19: "arm64-uefi-http",
};

const typeByArchitecture: Readonly<Record<Architecture, number>> = {
  "x86-bios": 0,
  "x64-uefi": 7,
  "arm64-uefi": 11,
  "x64-uefi-http": 16,
  "arm64-uefi-http": 19,
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
  decode(bytes) {
    if (bytes.length === 0 || bytes.length % 2 !== 0) return undefined;
    const view = viewOf(bytes);
    return Array.from({ length: bytes.length / 2 }, (_, index) => view.getUint16(index * 2))
      .map((type) => architectureByType[type])
      .filter((architecture) => architecture !== undefined);
  },
  encode(architectures) {
    const bytes = new Uint8Array(architectures.length * 2);
    const view = viewOf(bytes);
    for (const [index, architecture] of architectures.entries()) {
      view.setUint16(index * 2, typeByArchitecture[architecture]);
    }
    return bytes;
  },
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
  decode(bytes) {
    const [type, major, minor] = bytes;
    if (bytes.length !== 3 || type === undefined || major === undefined || minor === undefined)
      return undefined;
    return { type, major, minor };
  },
  encode: ({ type, major, minor }) => Uint8Array.of(type, major, minor),
};

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
  decode(bytes) {
    if (bytes.length === 0) return undefined;
    return framedClasses(bytes) ?? [textUntilNul(bytes)];
  },
  encode: (classes) =>
    concat(classes.map((name) => Buffer.concat([Uint8Array.of(name.length), Buffer.from(name, "latin1")]))),
};

function framedClasses(bytes: Uint8Array): readonly string[] | undefined {
  const classes: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length === 0 || at + 1 + length > bytes.length) return undefined;
    classes.push(textUntilNul(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return classes;
}
