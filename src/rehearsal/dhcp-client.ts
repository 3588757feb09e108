import {
  bootFileName,
  clientArchitecture,
  clientNetworkInterface,
  userClass,
  vendorClass,
} from "../boot/dhcp/options/boot.ts";
import { clientIdentifier } from "../boot/dhcp/options/client-identity.ts";
import {
  leaseTime,
  maximumMessageSize,
  parameterRequestList,
  requestedAddress,
  serverIdentifier,
} from "../boot/dhcp/options/configuration.ts";
import { firmwareUuid } from "../boot/dhcp/options/firmware-uuid.ts";
import { ipxeEncapsulated } from "../boot/dhcp/options/ipxe.ts";
import { type MessageType, messageType } from "../boot/dhcp/options/message-type.ts";
import { type OptionBytes, optionEntry, readOption } from "../boot/dhcp/options/option.ts";
import { type DhcpPacket, noAddress } from "../boot/dhcp/packet.ts";
import type { ClientId } from "../domain/values/client-id.ts";
import type { Ipv4 } from "../domain/values/ipv4.ts";
import type { Hardware } from "./hardware.ts";
import type { Relay } from "./relay.ts";

/** What runs on the machine when it asks: each asks in its own way. */
export type DhcpClient = "firmware" | "ipxe" | "agent";

export interface Lease {
  readonly address: Ipv4;
  readonly seconds: number;
  /** Where the next file is: `siaddr` (RFC 2131 s. 2). */
  readonly nextServer: Ipv4;
  /** Option 67, else the field `file`; `""` when the server names none. */
  readonly bootFile: string;
}

interface DhcpSurroundings {
  readonly hardware: Hardware;
  readonly relay: Relay;
  /** Makes transaction ids: unsigned 32 bits. */
  readonly xid: () => number;
  readonly signal: AbortSignal;
  /** How long to wait before sending again; after the last wait nobody answers. (Default: 31 s in all) */
  readonly retryMs?: readonly number[];
}

/** No server answered, or none kept its word. */
export class DhcpClientError extends Error {
  override readonly name = "DhcpClientError";
}

/** How long to wait before sending again, milliseconds (RFC 2131 s. 4.1, beginning as iPXE does). */
const retryMsDefault = [1000, 2000, 4000, 8000, 16_000];

/** A server that refuses what it offered so often will not change its mind. */
const roundsMax = 4;

/**
 * Gets an address: DISCOVER, OFFER, REQUEST, ACK. After a NAK it begins again (RFC 2131 s. 3.1.5).
 *
 * @throws DhcpClientError
 */
export async function acquireLease(
  client: DhcpClient,
  { hardware, relay, xid, signal, retryMs = retryMsDefault }: DhcpSurroundings,
): Promise<Lease> {
  const options = personality(client, hardware);
  for (let round = 0; round < roundsMax; round += 1) {
    const exchange = { hardware, relay, signal, retryMs, xid: xid() };
    const offer = await converse(exchange, { options: [...of("discover"), ...options], wanted: ["offer"] });
    const server = readOption(offer.options, serverIdentifier);
    if (server === undefined) throw new DhcpClientError("the offer names no server (option 54)");
    const accepted = [optionEntry(requestedAddress, offer.yiaddr), optionEntry(serverIdentifier, server)];
    const answer = await converse(exchange, {
      options: [...of("request"), ...accepted, ...options],
      wanted: ["ack", "nak"],
    });
    if (readOption(answer.options, messageType) === "ack") return leaseOf(answer);
  }
  throw new DhcpClientError(`the server refused its own offer ${roundsMax} times`);
}

interface Exchange extends Omit<Required<DhcpSurroundings>, "xid"> {
  readonly xid: number;
}

type OptionEntries = readonly (readonly [number, Uint8Array])[];

/** Sends until an answer of a wanted type comes. */
async function converse(
  { hardware, relay, signal, retryMs, xid }: Exchange,
  { options, wanted }: { readonly options: OptionEntries; readonly wanted: readonly MessageType[] },
): Promise<DhcpPacket> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<DhcpPacket>();
  const cable = relay.plug(hardware.mac, (packet) => {
    const type = readOption(packet.options, messageType);
    if (packet.xid === xid && type !== undefined && wanted.includes(type)) resolve(packet);
  });
  const request = requestPacket({ hardware, xid, options: new Map(options) });
  let timer: NodeJS.Timeout | undefined;
  const attempt = (index: number) => {
    const waitMs = retryMs[index];
    if (waitMs === undefined) return reject(new DhcpClientError(`no ${wanted.join(" or ")} came`));
    cable.send(request);
    timer = setTimeout(() => attempt(index + 1), waitMs);
  };
  const abandon = () => reject(signal.reason);
  signal.addEventListener("abort", abandon);
  attempt(0);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abandon);
    cable.unplug();
  }
}

function requestPacket({
  hardware,
  xid,
  options,
}: {
  readonly hardware: Hardware;
  readonly xid: number;
  readonly options: OptionBytes;
}): DhcpPacket {
  return {
    op: "request",
    hops: 0,
    xid,
    secs: 0,
    broadcast: hardware.firmware === "uefi",
    ciaddr: noAddress,
    yiaddr: noAddress,
    siaddr: noAddress,
    giaddr: noAddress,
    mac: hardware.mac,
    sname: "",
    file: "",
    options,
  };
}

function leaseOf(answer: DhcpPacket): Lease {
  const seconds = readOption(answer.options, leaseTime);
  if (seconds === undefined) throw new DhcpClientError("the acknowledgement names no lease time (option 51)");
  return {
    address: answer.yiaddr,
    seconds,
    nextServer: answer.siaddr,
    bootFile: readOption(answer.options, bootFileName) ?? answer.file,
  };
}

function of(type: MessageType): OptionEntries {
  return [optionEntry(messageType, type)];
}

/** What tells one client from another: as captured of SeaBIOS's and OVMF's PXE, of iPXE and of udhcpc. */
function personality(client: DhcpClient, { firmware, mac, uuid }: Hardware): OptionEntries {
  const undi = {
    bios: "PXEClient:Arch:00000:UNDI:002001",
    uefi: "PXEClient:Arch:00007:UNDI:003000",
  } as const;
  const undiOfIpxe = { bios: undi.bios, uefi: "PXEClient:Arch:00007:UNDI:003010" } as const;
  const clientId = optionEntry(clientIdentifier, `01${mac.replaceAll(":", "")}` as ClientId);
  const pxe = [
    optionEntry(clientArchitecture, [firmware === "bios" ? "x86-bios" : "x64-uefi"]),
    optionEntry(clientNetworkInterface, { type: 1, major: firmware === "bios" ? 2 : 3, minor: 1 }),
    optionEntry(firmwareUuid, uuid),
  ];
  switch (client) {
    case "firmware":
      return [
        optionEntry(maximumMessageSize, 1472),
        optionEntry(parameterRequestList, [1, 3, 6, 12, 15, 43, 54, 60, 66, 67, 97, 128, 135]),
        optionEntry(vendorClass, undi[firmware]),
        ...pxe,
      ];
    case "ipxe":
      return [
        optionEntry(maximumMessageSize, 1472),
        optionEntry(parameterRequestList, [1, 3, 6, 7, 12, 15, 17, 26, 43, 60, 66, 67, 119, 128, 175, 203]),
        optionEntry(vendorClass, undiOfIpxe[firmware]),
        // iPXE writes its class without the length that RFC 3004 asks for.
        [userClass.code, Buffer.from("iPXE", "latin1")],
        optionEntry(ipxeEncapsulated, { noProxyDhcp: false, features: ["http"] }),
        clientId,
        ...pxe,
      ];
    case "agent":
      return [
        optionEntry(maximumMessageSize, 576),
        optionEntry(parameterRequestList, [1, 3, 6, 12, 15, 28, 42]),
        optionEntry(vendorClass, "ironledger-agent"),
        clientId,
      ];
  }
}
