import { hexForm } from "../../domain/values/hex-form.ts";
import { type Ipv4, ipv4FromNumber, ipv4Number } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { layOut, writeField, writeOptions } from "./options/fields.ts";
import { bufferOf, textUntilNul, uint16At, uint32At } from "./options/formats.ts";
import type { OptionBytes } from "./options/option.ts";
import { type OptionFields, OptionIndex } from "./options/option-index.ts";
import { entriesOf } from "./options/option-list.ts";

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

/** What no client needs, with all that relays add. Reading options takes longer the more there are. */
const datagramBytesMax = 4_096;
const headerBytes = 236;
const optionsAt = headerBytes + 4;
const magicCookie = 0x63825363;
/** BOOTP's minimum (RFC 1542 s. 2.1): some relays and old clients drop shorter messages. */
const replyBytesMin = 300;
const macAt = 28;
const snameAt = 44;
const fileAt = 108;
const snameBytes = 64;
const fileBytes = 128;
const broadcastFlag = 0x8000;
const ethernet = 1;
const ethernetBytes = 6;

const snameField = { start: snameAt, end: snameAt + snameBytes };
const fileField = { start: fileAt, end: fileAt + fileBytes };

/**
 * Reads a datagram. `undefined` when it is not a DHCP message of an Ethernet client: too short, above 4,096 octets, no
 * cookie, another hardware type, an option that is cut off. Messages below BOOTP's 300 octets are fine.
 *
 * The packet is a view: it reads a field when it is asked for it, so the datagram must stay as it is. Its fields are
 * not properties of its own; to change some, name them all.
 */
export function decode(datagram: Uint8Array): DhcpPacket | undefined {
  if (datagram.length < optionsAt || datagram.length > datagramBytesMax) return undefined;
  if (uint32At(datagram, headerBytes) !== magicCookie || !isClientsHeader(datagram)) return undefined;
  const octets = bufferOf(datagram);
  const fields: OptionFields = {
    options: { start: optionsAt, end: octets.length },
    file: fileField,
    sname: snameField,
  };
  const options = OptionIndex.of(octets, fields);
  return options && new ReceivedPacket(octets, options);
}

/** Hardware other than Ethernet is not served, nor are addresses that no interface has: zero and groups. */
function isClientsHeader(datagram: Uint8Array): boolean {
  const [op, hardware, macBytes] = [datagram[0], datagram[1], datagram[2]];
  if ((op !== 1 && op !== 2) || hardware !== ethernet || macBytes !== ethernetBytes) return false;
  const isGroup = ((datagram[macAt] ?? 0) & 1) === 1;
  return !isGroup && (uint32At(datagram, macAt) !== 0 || uint16At(datagram, macAt + 4) !== 0);
}

class ReceivedPacket implements DhcpPacket {
  readonly options: OptionIndex;
  readonly #octets: Buffer;
  #mac: MacAddress | undefined;

  constructor(octets: Buffer, options: OptionIndex) {
    this.#octets = octets;
    this.options = options;
  }

  get op() {
    return this.#octets[0] === 1 ? "request" : "reply";
  }
  get hops() {
    return this.#octets[3] ?? 0;
  }
  get xid() {
    return uint32At(this.#octets, 4);
  }
  get secs() {
    return uint16At(this.#octets, 8);
  }
  get broadcast() {
    return (uint16At(this.#octets, 10) & broadcastFlag) !== 0;
  }
  get ciaddr() {
    return this.#address(12);
  }
  get yiaddr() {
    return this.#address(16);
  }
  get siaddr() {
    return this.#address(20);
  }
  get giaddr() {
    return this.#address(24);
  }
  get mac() {
    this.#mac ??= macText(this.#octets, macAt) as MacAddress;
    return this.#mac;
  }
  get sname() {
    return this.options.overload & 2 ? "" : textUntilNul(this.#octets, snameField.start, snameField.end);
  }
  get file() {
    return this.options.overload & 1 ? "" : textUntilNul(this.#octets, fileField.start, fileField.end);
  }

  #address(at: number): Ipv4 {
    const number = uint32At(this.#octets, at);
    return number === 0 ? noAddress : ipv4FromNumber(number);
  }
}

const macText = hexForm("xx:xx:xx:xx:xx:xx");

/**
 * Writes a datagram of at most `sizeMax` octets (Default: no limit), at least 300. Options that do not fit go to
 * `file` and `sname` where those are empty (option 52), else they are left out, last ones first. Option 82 is never
 * left out: it has at most 255 octets.
 */
export function encode(packet: DhcpPacket, sizeMax = Number.POSITIVE_INFINITY): Buffer {
  const layout = layOut(entriesOf(packet.options), {
    options: Math.max(sizeMax, replyBytesMin) - optionsAt,
    file: packet.file === "" ? fileBytes : 0,
    sname: packet.sname === "" ? snameBytes : 0,
  });
  const bytes = Buffer.allocUnsafe(Math.max(optionsAt + layout.optionsBytes, replyBytesMin)).fill(0);
  writeHeader(bytes, packet);
  if (packet.sname !== "") bytes.write(packet.sname, snameAt, snameBytes - 1, "latin1");
  if (packet.file !== "") bytes.write(packet.file, fileAt, fileBytes - 1, "latin1");
  if (layout.sname.length > 0) writeField(bytes, layout.sname, snameAt);
  if (layout.file.length > 0) writeField(bytes, layout.file, fileAt);
  writeOptions(bytes, layout, optionsAt);
  return bytes;
}

function writeHeader(bytes: Buffer, packet: DhcpPacket): void {
  bytes[0] = packet.op === "request" ? 1 : 2;
  bytes[1] = ethernet;
  bytes[2] = ethernetBytes;
  bytes[3] = packet.hops;
  writeUint32(bytes, packet.xid, 4);
  bytes[8] = packet.secs >>> 8;
  bytes[9] = packet.secs;
  if (packet.broadcast) bytes[10] = broadcastFlag >>> 8;
  writeAddress(bytes, packet.ciaddr, 12);
  writeAddress(bytes, packet.yiaddr, 16);
  writeAddress(bytes, packet.siaddr, 20);
  writeAddress(bytes, packet.giaddr, 24);
  writeMac(bytes, packet.mac);
  writeUint32(bytes, magicCookie, headerBytes);
}

function writeAddress(bytes: Uint8Array, address: Ipv4, at: number): void {
  if (address !== noAddress) writeUint32(bytes, ipv4Number(address), at);
}

function writeUint32(bytes: Uint8Array, value: number, at: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

function writeMac(bytes: Uint8Array, mac: MacAddress): void {
  for (let octet = 0; octet < ethernetBytes; octet++) {
    bytes[macAt + octet] = (hexDigit(mac, octet * 3) << 4) | hexDigit(mac, octet * 3 + 1);
  }
}

/** The value of a digit in lower case. */
function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}
