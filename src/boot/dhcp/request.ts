import type { ClientTraits } from "../../domain/network/client-settings.ts";
import type { Architecture } from "../../domain/values/architecture.ts";
import { type ClientId, type LeaseIdentity, leaseIdentity } from "../../domain/values/client-id.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { keysOf, type ReservationKey } from "../../domain/values/reservation-key.ts";
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
import {
  type RelayInformation,
  relayAgentInformation,
  relayInformation,
  subnetSelection,
} from "./options/relay-agent.ts";
import { type DhcpPacket, noAddress } from "./packet.ts";

/** What clients send; the other types are servers' answers. */
export type ClientMessageType = Exclude<MessageType, "offer" | "ack" | "nak">;

/** What the wire tells of a client; the labels are the log's to tell. */
export type WireTraits = Omit<ClientTraits, "labels">;

/**
 * What a client asked: all that answering needs. Fields are decoded when they are asked for and are not properties of
 * the request's own.
 */
export interface DhcpRequest {
  readonly type: ClientMessageType;
  readonly packet: DhcpPacket;
  readonly mac: MacAddress;
  /** Option 61. */
  readonly clientId: ClientId | null;
  readonly identity: LeaseIdentity;
  /** What reservations may know the client by, strongest first. */
  readonly keys: readonly ReservationKey[];
  /**
   * ciaddr, when the client uses an address. A client that looks for one or takes an offer has none (RFC 2131 table 5),
   * whatever it writes there.
   */
  readonly clientAddress: Ipv4 | undefined;
  /** Option 50. */
  readonly requested: Ipv4 | undefined;
  /** Option 54. */
  readonly server: Ipv4 | undefined;
  /** giaddr, when a relay brought the message. */
  readonly relay: Ipv4 | null;
  /** Option 82, octet for octet; at most 255 of them. */
  readonly relayAgentInformation: Uint8Array | undefined;
  /** Option 82, sub-option 5, when a relay brought the message: an address of the client's network (RFC 3527). */
  readonly linkSelection: Ipv4 | undefined;
  /** Option 118: an address of the network that the client wants one of (RFC 3011). */
  readonly subnetSelection: Ipv4 | undefined;
  /** Option 82, sub-option 11, when a relay brought the message: what the answer's option 54 says (RFC 5107). */
  readonly serverOverride: Ipv4 | undefined;
  /** Option 12, reduced to a DNS label. */
  readonly hostname: string | null;
  /** Option 55, as it came: rubbish and repetitions included. */
  readonly wanted: readonly number[];
  /** Octets of a DHCP message that the client takes: option 57 without the headers of IP and UDP. 548 to 1,472. */
  readonly sizeMax: number;
  /** What client classes and reservations go by. */
  readonly traits: WireTraits;
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
/** Option 82 has one length octet (RFC 3046 s. 2.0), so what is longer no relay wrote, and it could not be sent back. */
const relayInformationMax = 255;

/** `undefined` when the message is no DHCP message of a client: a reply, or BOOTP, or option 82 that no relay wrote. */
export function readRequest(packet: DhcpPacket): DhcpRequest | undefined {
  const type = readOption(packet.options, messageType);
  if (packet.op !== "request" || !type || !isClients(type)) return undefined;
  const relayed = packet.options.get(relayAgentInformation.code);
  if (relayed && relayed.length > relayInformationMax) return undefined;
  return new ClientMessage(type, packet, relayed);
}

function isClients(type: MessageType): type is ClientMessageType {
  return type !== "offer" && type !== "ack" && type !== "nak";
}

/** Keeps what is asked for more than once and takes time to make. */
class ClientMessage implements DhcpRequest {
  readonly type: ClientMessageType;
  readonly packet: DhcpPacket;
  readonly relayAgentInformation: Uint8Array | undefined;
  #clientId: ClientId | null | undefined;
  #identity: LeaseIdentity | undefined;
  #keys: readonly ReservationKey[] | undefined;
  #relayInformation: RelayInformation | undefined;
  #traits: WireTraits | undefined;
  #boot: BootClient | null | undefined;

  constructor(type: ClientMessageType, packet: DhcpPacket, relayed: Uint8Array | undefined) {
    this.type = type;
    this.packet = packet;
    this.relayAgentInformation = relayed;
  }

  get mac() {
    return this.packet.mac;
  }
  get clientId() {
    if (this.#clientId === undefined) this.#clientId = this.#read(clientIdentifier) ?? null;
    return this.#clientId;
  }
  get identity() {
    this.#identity ??= leaseIdentity(this.mac, this.clientId);
    return this.#identity;
  }
  get keys() {
    this.#keys ??= keysOf({
      mac: this.mac,
      clientId: this.clientId,
      firmwareUuid: this.#firmwareUuid,
      circuitId: this.#circuitId,
      remoteId: this.#remoteId,
    });
    return this.#keys;
  }
  get clientAddress() {
    const { ciaddr } = this.packet;
    return ciaddr === noAddress || !this.#usesAddress ? undefined : ciaddr;
  }
  get requested() {
    return this.#read(requestedAddress);
  }
  get server() {
    return this.#read(serverIdentifier);
  }
  get relay() {
    const { giaddr } = this.packet;
    return giaddr === noAddress ? null : giaddr;
  }
  get linkSelection() {
    return this.relay === null ? undefined : this.#relayed?.linkSelection;
  }
  get subnetSelection() {
    return this.#read(subnetSelection);
  }
  get serverOverride() {
    return this.relay === null ? undefined : this.#relayed?.serverOverride;
  }
  get hostname() {
    return dnsLabel(this.#read(hostName));
  }
  get wanted() {
    return this.#read(parameterRequestList) ?? [];
  }
  get sizeMax() {
    const datagram = this.#read(maximumMessageSize) ?? datagramMin;
    return Math.min(Math.max(datagram, datagramMin), datagramMax) - ipAndUdpBytes;
  }
  get traits() {
    this.#traits ??= {
      mac: this.mac,
      clientId: this.clientId,
      firmwareUuid: this.#firmwareUuid,
      architectures: this.#read(clientArchitecture) ?? [],
      vendorClass: printable(this.#read(vendorClass)),
      userClasses: (this.#read(userClass) ?? []).map((name) => printable(name) ?? ""),
      circuitId: this.#circuitId,
      remoteId: this.#remoteId,
    };
    return this.#traits;
  }
  get boot() {
    if (this.#boot === undefined) this.#boot = this.#bootClient() ?? null;
    return this.#boot ?? undefined;
  }

  /**
   * iPXE gives itself away by its user class `iPXE`, or, where a build left that out, by its own option 175. This is
   * asked first: its vendor class is that of the firmware, and it would be told to load iPXE forever.
   */
  #bootClient(): BootClient | undefined {
    const vendor = this.#read(vendorClass);
    const isIpxe =
      this.packet.options.has(ipxeEncapsulated.code) || this.#read(userClass)?.includes("iPXE") === true;
    const kind = isIpxe ? "ipxe" : firmwareKind(vendor);
    if (!kind) return undefined;
    const { architectures, vendorClass: cleaned, firmwareUuid: uuid } = this.traits;
    return { kind, architectures, vendorClass: cleaned, firmwareUuid: uuid };
  }

  get #usesAddress(): boolean {
    if (this.type === "request") return this.server === undefined;
    return this.type === "inform" || this.type === "release";
  }

  get #firmwareUuid(): string | null {
    return this.#read(firmwareUuid) ?? null;
  }

  get #circuitId(): string | null {
    return this.#relayed?.circuitId ?? null;
  }

  get #remoteId(): string | null {
    return this.#relayed?.remoteId ?? null;
  }

  get #relayed(): RelayInformation | undefined {
    if (!this.relayAgentInformation) return undefined;
    this.#relayInformation ??= relayInformation.decode(this.relayAgentInformation);
    return this.#relayInformation;
  }

  #read<Value>(option: DhcpOption<Value>): Value | undefined {
    return readOption(this.packet.options, option);
  }
}

function firmwareKind(vendor = "") {
  if (vendor.startsWith("HTTPClient")) return "http";
  return vendor.startsWith("PXEClient") ? "pxe" : undefined;
}

/** At most 255 characters of ASCII that can be seen, and blanks. */
function printable(text: string | undefined): string | null {
  return text?.replaceAll(/[^ -~]/g, "").slice(0, 255) ?? null;
}

/** The first label of what the client calls itself, in the letters of RFC 1123; `null` when nothing is left. */
function dnsLabel(name = ""): string | null {
  const [first = ""] = name.toLowerCase().split(".");
  const label = first.replaceAll(/[^a-z0-9-]/g, "").slice(0, 63);
  return label.replaceAll(/^-+|-+$/g, "") || null;
}
