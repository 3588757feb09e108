import type { Architecture } from "../../domain/values/architecture.ts";
import { type ClientId, type LeaseIdentity, leaseIdentity } from "../../domain/values/client-id.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { clientArchitecture, userClass, vendorClass } from "./options/boot.ts";
import { clientIdentifier } from "./options/client-identity.ts";
import {
  hostName,
  maximumMessageSize,
  parameterRequestList,
  requestedAddress,
  serverIdentifier,
} from "./options/configuration.ts";
import { firmwareUuid } from "./options/firmware-uuid.ts";
import { ipxeEncapsulated } from "./options/ipxe.ts";
import { type MessageType, messageType } from "./options/message-type.ts";
import { type DhcpOption, readOption } from "./options/option.ts";
import { type DhcpPacket, noAddress } from "./packet.ts";

/** What clients send; the other types are servers' answers. */
export type ClientMessageType = Exclude<MessageType, "offer" | "ack" | "nak">;

/** What a client asked, decoded: all that answering needs. */
export interface DhcpRequest {
  readonly type: ClientMessageType;
  readonly packet: DhcpPacket;
  readonly mac: MacAddress;
  /** Option 61. */
  readonly clientId: ClientId | null;
  readonly identity: LeaseIdentity;
  /** ciaddr, when the client uses an address. */
  readonly clientAddress: Ipv4 | undefined;
  /** Option 50. */
  readonly requested: Ipv4 | undefined;
  /** Option 54. */
  readonly server: Ipv4 | undefined;
  /** giaddr, when a relay brought the message. */
  readonly relay: Ipv4 | null;
  /** Option 12, reduced to a DNS label. */
  readonly hostname: string | null;
  /** Option 55. */
  readonly wanted: readonly number[];
  /** Octets of a DHCP message that the client takes: option 57 without the headers of IP and UDP. */
  readonly sizeMax: number;
  /** What wants to be booted; `undefined`: nothing does, the client only wants an address. */
  readonly boot: BootClient | undefined;
}

export interface BootClient {
  /** iPXE wants a script; firmware wants iPXE, by TFTP or by HTTP. */
  readonly kind: "ipxe" | "pxe" | "http";
  /** Option 93, most preferred first. */
  readonly architectures: readonly Architecture[];
  /** Option 60, printable characters only, at most 255. */
  readonly vendorClass: string | null;
  /** Option 97. */
  readonly firmwareUuid: string | null;
}

/** Headers of IP and UDP, which option 57 counts. */
const ipAndUdpBytes = 28;
/** What every client takes (RFC 2131 s. 2). */
const datagramMin = 576;
/** The longest that an Ethernet carries whole; firmware does not put fragments together. */
const datagramMax = 1500;

/** `undefined` when the message is no DHCP message of a client: a reply, or BOOTP. */
export function readRequest(packet: DhcpPacket): DhcpRequest | undefined {
  const read = <Value>(option: DhcpOption<Value>) => readOption(packet.options, option);
  const type = read(messageType);
  if (packet.op !== "request" || !type || !isClients(type)) return undefined;
  const clientId = read(clientIdentifier) ?? null;
  const datagram = Math.min(Math.max(read(maximumMessageSize) ?? datagramMin, datagramMin), datagramMax);
  return {
    type,
    packet,
    mac: packet.mac,
    clientId,
    identity: leaseIdentity(packet.mac, clientId),
    clientAddress: packet.ciaddr === noAddress ? undefined : packet.ciaddr,
    requested: read(requestedAddress),
    server: read(serverIdentifier),
    relay: packet.giaddr === noAddress ? null : packet.giaddr,
    hostname: dnsLabel(read(hostName)),
    wanted: read(parameterRequestList) ?? [],
    sizeMax: datagram - ipAndUdpBytes,
    boot: bootClientOf(read),
  };
}

function isClients(type: MessageType): type is ClientMessageType {
  return type !== "offer" && type !== "ack" && type !== "nak";
}

/**
 * iPXE gives itself away by its user class `iPXE`, or, where a build left that out, by its own option 175. This is
 * asked first: its vendor class is that of the firmware, and it would be told to load iPXE forever.
 */
function bootClientOf(read: <Value>(option: DhcpOption<Value>) => Value | undefined): BootClient | undefined {
  const vendor = read(vendorClass);
  const kind = kindOf(read(userClass), read(ipxeEncapsulated), vendor);
  if (!kind) return undefined;
  return {
    kind,
    architectures: read(clientArchitecture) ?? [],
    vendorClass: vendor?.replaceAll(/[^ -~]/g, "").slice(0, 255) ?? null,
    firmwareUuid: read(firmwareUuid) ?? null,
  };
}

function kindOf(classes: readonly string[] = [], ipxe: Uint8Array | undefined, vendor = "") {
  if (classes.includes("iPXE") || ipxe) return "ipxe";
  if (vendor.startsWith("HTTPClient")) return "http";
  return vendor.startsWith("PXEClient") ? "pxe" : undefined;
}

/** The first label of what the client calls itself, in the letters of RFC 1123; `null` when nothing is left. */
function dnsLabel(name = ""): string | null {
  const [first = ""] = name.toLowerCase().split(".");
  const label = first.replaceAll(/[^a-z0-9-]/g, "").slice(0, 63);
  return label.replaceAll(/^-+|-+$/g, "") || null;
}
