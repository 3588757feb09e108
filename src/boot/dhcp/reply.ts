import type { Subnet } from "../../domain/network/subnet.ts";
import { cidrMask, type Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootAnswer } from "./boot-answer.ts";
import { bootFileName, tftpServerName, vendorClass } from "./options/boot.ts";
import { clientIdentifier, relayAgentInformation } from "./options/client-identity.ts";
import {
  dnsServers,
  domainName,
  leaseTime,
  message,
  rebindingTime,
  renewalTime,
  routers,
  serverIdentifier,
  subnetMask,
} from "./options/configuration.ts";
import { ipxeEncapsulated, noProxyDhcp } from "./options/ipxe.ts";
import { type MessageType, messageType } from "./options/message-type.ts";
import { type OptionBytes, optionEntry } from "./options/option.ts";
import { type DhcpPacket, noAddress } from "./packet.ts";
import type { DhcpRequest } from "./request.ts";

/** The header of every answer (RFC 2131 table 3); `address` is what the client gets. */
interface Answer {
  readonly type: MessageType;
  readonly address?: Ipv4;
  /** Those without which the answer is worth nothing: they come first, and are left out last. */
  readonly required?: readonly OptionEntry[];
  readonly options?: readonly OptionEntry[];
  readonly boot?: BootAnswer | undefined;
}

type OptionEntry = readonly [number, Uint8Array];

export interface LeaseAnswer {
  readonly address: Ipv4;
  readonly leaseSeconds: number;
  readonly subnet: Subnet;
  readonly boot: BootAnswer | undefined;
}

export type Replies = ReturnType<typeof replies>;

/** Builds the answers of one server; `serverAddress` is its option 54. */
export function replies(serverAddress: Ipv4) {
  /** DHCPOFFER or DHCPACK of an address. */
  function lease(type: "offer" | "ack", request: DhcpRequest, answer: LeaseAnswer): DhcpPacket {
    const { address, leaseSeconds, subnet, boot } = answer;
    const times = [
      optionEntry(renewalTime, Math.floor(leaseSeconds * 0.5)),
      optionEntry(rebindingTime, Math.floor(leaseSeconds * 0.875)),
    ];
    const required = [optionEntry(leaseTime, leaseSeconds), ...bootOptions(boot)];
    return build(request, { type, address, required, options: [...times, ...networkOptions(subnet)], boot });
  }

  /** DHCPACK of a DHCPINFORM: the network and nothing of an address or a lease (RFC 2131 s. 4.3.5). */
  function information(request: DhcpRequest, subnet: Subnet): DhcpPacket {
    return build(request, { type: "ack", options: networkOptions(subnet) });
  }

  /** DHCPNAK. Through a relay it must reach a client without an address, so the relay is told to broadcast it. */
  function refusal(request: DhcpRequest, why: string): DhcpPacket {
    const packet = build(request, { type: "nak", required: [optionEntry(message, why)] });
    return { ...packet, ciaddr: noAddress, broadcast: packet.broadcast || request.relay !== null };
  }

  function build(request: DhcpRequest, answer: Answer): DhcpPacket {
    const { type, address = noAddress, required = [], options = [], boot } = answer;
    const { packet } = request;
    const first = [optionEntry(messageType, type), optionEntry(serverIdentifier, serverAddress)];
    const echoed = echoedOptions(packet.options);
    return {
      op: "reply",
      hops: 0,
      xid: packet.xid,
      secs: 0,
      broadcast: packet.broadcast,
      ciaddr: type === "ack" ? packet.ciaddr : noAddress,
      yiaddr: address,
      siaddr: boot?.tftpServer ?? noAddress,
      giaddr: packet.giaddr,
      mac: packet.mac,
      sname: "",
      file: boot?.tftpServer ? boot.file : "",
      options: new Map([...first, ...required, ...echoed, ...inWantedOrder(options, request.wanted)]),
    };
  }

  return { lease, information, refusal };
}

function networkOptions({ cidr, routers: gateways, dnsServers: servers, domainName: domain }: Subnet) {
  const options: OptionEntry[] = [optionEntry(subnetMask, cidrMask(cidr))];
  if (gateways.length > 0) options.push(optionEntry(routers, gateways));
  if (servers.length > 0) options.push(optionEntry(dnsServers, servers));
  if (domain !== null) options.push(optionEntry(domainName, domain));
  return options;
}

function bootOptions(boot: BootAnswer | undefined): readonly OptionEntry[] {
  if (!boot) return [];
  const options: OptionEntry[] = [optionEntry(bootFileName, boot.file)];
  if (boot.tftpServer) options.push(optionEntry(tftpServerName, boot.tftpServer));
  if (boot.isHttp) options.push(optionEntry(vendorClass, "HTTPClient"));
  if (boot.isIpxe) options.push(optionEntry(ipxeEncapsulated, noProxyDhcp));
  return options;
}

/** In the order in which the client asked for them (RFC 2132 s. 9.8), then the others. */
function inWantedOrder(options: readonly OptionEntry[], wanted: readonly number[]): readonly OptionEntry[] {
  const rank = ([code]: OptionEntry) => (wanted.includes(code) ? wanted.indexOf(code) : wanted.length);
  return options.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * What is the client's and the relay's own comes back as it came: options 61 (RFC 6842) and 82 (RFC 3046), which
 * the codec writes last.
 */
function echoedOptions(options: OptionBytes): readonly OptionEntry[] {
  return [clientIdentifier.code, relayAgentInformation.code].flatMap((code) => {
    const bytes = options.get(code);
    return bytes ? [[code, bytes] as const] : [];
  });
}
