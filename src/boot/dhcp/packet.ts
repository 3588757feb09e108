import { type Ipv4, ipv4FromNumber, ipv4Number } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { type Fields, joinPieces, overloadCode, readField, writeFields } from "./options/fields.ts";
import { textUntilNul, viewOf } from "./options/formats.ts";
import type { OptionBytes } from "./options/option.ts";

/** A DHCP message: the header of BOOTP (RFC 2131 s. 2) and options (RFC 2132). */
export interface DhcpPacket {
  readonly op: "request" | "reply";
  /** Relays that the message passed. */
  readonly hops: number;
  /** Chosen by the client, unsigned 32 bits: answers carry the same. */
  readonly xid: number;
  /** Seconds since the client began, as it says. */
  readonly secs: number;
  /** The client cannot take unicast before it has its address. */
  readonly broadcast: boolean;
  /** The client's address, when it has one and uses it; else `0.0.0.0`. */
  readonly ciaddr: Ipv4;
  /** The client's address as the server gives it; else `0.0.0.0`. */
  readonly yiaddr: Ipv4;
  /** The server of the next step of the boot; else `0.0.0.0`. */
  readonly siaddr: Ipv4;
  /** The relay's address on the client's network; `0.0.0.0` when there is no relay. */
  readonly giaddr: Ipv4;
  /** The client's hardware address (chaddr). */
  readonly mac: MacAddress;
  /** At most 63 characters. */
  readonly sname: string;
  /** At most 127 characters. */
  readonly file: string;
  readonly options: OptionBytes;
}

/** `0.0.0.0`: no address. */
export const noAddress = "0.0.0.0" as Ipv4;

const headerBytes = 236;
const magicCookie = 0x63825363;
/** BOOTP's minimum (RFC 1542 s. 2.1): some relays and old clients drop shorter messages. */
const replyBytesMin = 300;
const snameAt = 44;
const fileAt = 108;
const snameBytes = 64;
const fileBytes = 128;
const broadcastFlag = 0x8000;
const ethernet = 1;

/**
 * Reads a datagram. `undefined` when it is not a DHCP message of an Ethernet client: too short, no cookie,
 * another hardware type, an option that is cut off. Messages below BOOTP's 300 octets are fine.
 */
export function decode(datagram: Uint8Array): DhcpPacket | undefined {
  if (datagram.length < headerBytes + 4) return undefined;
  const view = viewOf(datagram);
  if (view.getUint32(headerBytes) !== magicCookie) return undefined;
  const op = opOf(view.getUint8(0));
  const mac = macOf(datagram);
  const body = bodyOf(datagram);
  if (!op || !mac || !body) return undefined;
  return {
    op,
    hops: view.getUint8(3),
    xid: view.getUint32(4),
    secs: view.getUint16(8),
    broadcast: (view.getUint16(10) & broadcastFlag) !== 0,
    ciaddr: ipv4FromNumber(view.getUint32(12)),
    yiaddr: ipv4FromNumber(view.getUint32(16)),
    siaddr: ipv4FromNumber(view.getUint32(20)),
    giaddr: ipv4FromNumber(view.getUint32(24)),
    mac,
    ...body,
  };
}

/**
 * Writes a datagram of at most `sizeMax` octets (Default: no limit), at least 300. Options that do not fit go to
 * `file` and `sname` where those are empty (option 52), else they are left out, last ones first.
 */
export function encode(packet: DhcpPacket, sizeMax = Number.POSITIVE_INFINITY): Uint8Array {
  const fields = writeFields(packet.options, {
    options: Math.max(sizeMax, replyBytesMin) - headerBytes - 4,
    file: packet.file === "" ? fileBytes : 0,
    sname: packet.sname === "" ? snameBytes : 0,
  });
  const bytes = new Uint8Array(Math.max(headerBytes + 4 + fields.options.length, replyBytesMin));
  const view = viewOf(bytes);
  writeHeader(view, packet);
  bytes.set(macBytes(packet.mac), 28);
  writeNames(bytes, packet, fields);
  view.setUint32(headerBytes, magicCookie);
  bytes.set(fields.options, headerBytes + 4);
  return bytes;
}

function opOf(op: number): DhcpPacket["op"] | undefined {
  if (op === 1) return "request";
  return op === 2 ? "reply" : undefined;
}

/** `undefined` for hardware other than Ethernet, and for addresses that no interface has: zero and groups. */
function macOf(datagram: Uint8Array): MacAddress | undefined {
  if (datagram[1] !== ethernet || datagram[2] !== 6) return undefined;
  const bytes = datagram.subarray(28, 34);
  const isGroup = ((bytes[0] ?? 0) & 1) === 1;
  if (isGroup || bytes.every((byte) => byte === 0)) return undefined;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(":") as MacAddress;
}

function macBytes(mac: MacAddress): Uint8Array {
  return Buffer.from(mac.replaceAll(":", ""), "hex");
}

/** The names and the options, which may share space. */
function bodyOf(datagram: Uint8Array): Pick<DhcpPacket, "sname" | "file" | "options"> | undefined {
  const file = datagram.subarray(fileAt, fileAt + fileBytes);
  const sname = datagram.subarray(snameAt, snameAt + snameBytes);
  const pieces = new Map<number, Uint8Array[]>();
  if (!readField(datagram.subarray(headerBytes + 4), pieces)) return undefined;

  const overload = overloadOf(pieces);
  if (overload === undefined) return undefined;
  if (overload & 1 && !readField(file, pieces)) return undefined;
  if (overload & 2 && !readField(sname, pieces)) return undefined;
  pieces.delete(overloadCode);
  return {
    sname: overload & 2 ? "" : textUntilNul(sname),
    file: overload & 1 ? "" : textUntilNul(file),
    options: joinPieces(pieces),
  };
}

/** 0 when no field is overloaded; `undefined` when the option makes no sense. */
function overloadOf(pieces: ReadonlyMap<number, readonly Uint8Array[]>): number | undefined {
  const found = pieces.get(overloadCode);
  if (!found) return 0;
  const [value] = found;
  const overload = value?.length === 1 ? value[0] : undefined;
  return found.length === 1 && overload !== undefined && overload >= 1 && overload <= 3
    ? overload
    : undefined;
}

function writeHeader(view: DataView, packet: DhcpPacket): void {
  view.setUint8(0, packet.op === "request" ? 1 : 2);
  view.setUint8(1, ethernet);
  view.setUint8(2, 6);
  view.setUint8(3, packet.hops);
  view.setUint32(4, packet.xid);
  view.setUint16(8, packet.secs);
  view.setUint16(10, packet.broadcast ? broadcastFlag : 0);
  view.setUint32(12, ipv4Number(packet.ciaddr));
  view.setUint32(16, ipv4Number(packet.yiaddr));
  view.setUint32(20, ipv4Number(packet.siaddr));
  view.setUint32(24, ipv4Number(packet.giaddr));
}

function writeNames(bytes: Uint8Array, packet: DhcpPacket, fields: Fields): void {
  bytes.set(fields.sname ?? Buffer.from(packet.sname, "latin1").subarray(0, snameBytes - 1), snameAt);
  bytes.set(fields.file ?? Buffer.from(packet.file, "latin1").subarray(0, fileBytes - 1), fileAt);
}
