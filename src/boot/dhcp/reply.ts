import type { ClientSettings } from "../../domain/network/client-settings.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootAnswer } from "./boot-answer.ts";
import { bootFileName, tftpServerName, vendorClass } from "./options/boot.ts";
import { addChosen } from "./options/choose.ts";
import { clientIdentifier } from "./options/client-identity.ts";
import { message, serverIdentifier } from "./options/configuration.ts";
import { ipxeEncapsulated } from "./options/ipxe.ts";
import { leaseTimes, networkOptions } from "./options/lease-options.ts";
import { type MessageType, messageType } from "./options/message-type.ts";
import { type OptionEntry, optionEntry } from "./options/option.ts";
import { OptionList } from "./options/option-list.ts";
import { relayAgentInformation, subnetSelection } from "./options/relay-agent.ts";
import { type DhcpPacket, noAddress } from "./packet.ts";
import { replyTo } from "./reply-to.ts";
import type { DhcpRequest } from "./request.ts";

/** The header of every answer (RFC 2131 table 3); `address` is what the client gets. */
interface Answer {
  readonly type: MessageType;
  readonly address?: Ipv4;
  /** Those without which the answer is worth nothing: they come first, and are left out last. */
  readonly required?: readonly OptionEntry[];
  /** Those that clients may ask for. */
  readonly available?: readonly OptionEntry[];
  readonly boot?: BootAnswer | undefined;
}

export interface LeaseAnswer {
  readonly address: Ipv4;
  readonly leaseSeconds: number;
  readonly subnet: Subnet;
  /** Options beside and in place of the subnet's own; `undefined`: there are none. */
  readonly settings?: ClientSettings | undefined;
  readonly boot: BootAnswer | undefined;
}

export type Replies = ReturnType<typeof replies>;

/** iPXE need not wait for a proxyDHCP server. */
const noProxyDhcp = optionEntry(ipxeEncapsulated, { noProxyDhcp: true, features: [] });

/** UEFI HTTP boot takes only answers that say this. */
const httpClient = optionEntry(vendorClass, "HTTPClient");

/** Builds the answers of one server; `serverAddress` is its option 54. */
export function replies(serverAddress: Ipv4) {
  const ownIdentifier = optionEntry(serverIdentifier, serverAddress);
  const timesOf = leaseTimes();
  const optionsOf = networkOptions();

  /** DHCPOFFER or DHCPACK of an address. */
  function lease(type: "offer" | "ack", request: DhcpRequest, answer: LeaseAnswer): DhcpPacket {
    const { address, leaseSeconds, subnet, settings, boot } = answer;
    const times = timesOf(leaseSeconds);
    return build(request, {
      type,
      address,
      required: boot ? [times.lease, ...bootOptions(boot)] : [times.lease],
      available: [...times.renewal, ...optionsOf(subnet, settings)],
      boot,
    });
  }

  /** DHCPACK of a DHCPINFORM: the network and nothing of an address or a lease (RFC 2131 s. 4.3.5). */
  function information(request: DhcpRequest, subnet: Subnet, settings?: ClientSettings): DhcpPacket {
    return build(request, { type: "ack", available: optionsOf(subnet, settings) });
  }

  /** DHCPNAK. Through a relay it must reach a client without an address, so the relay is told to broadcast it. */
  function refusal(request: DhcpRequest, why: string): DhcpPacket {
    const packet = build(request, { type: "nak", required: [optionEntry(message, why)] });
    return { ...packet, broadcast: packet.broadcast || request.relay !== null };
  }

  function build(request: DhcpRequest, answer: Answer): DhcpPacket {
    const { type, address = noAddress, boot } = answer;
    const { packet, clientAddress = noAddress } = request;
    return replyTo(packet, {
      ciaddr: type === "ack" ? clientAddress : noAddress,
      yiaddr: address,
      siaddr: boot?.tftpServer ?? noAddress,
      file: boot?.tftpServer ? boot.file : "",
      options: optionsFor(request, answer),
    });
  }

  function optionsFor(request: DhcpRequest, answer: Answer): OptionList {
    const { type, required = [], available = [] } = answer;
    const { packet, wanted, serverOverride } = request;
    const options = new OptionList();
    options.add(optionEntry(messageType, type));
    options.add(serverOverride ? optionEntry(serverIdentifier, serverOverride) : ownIdentifier);
    for (const entry of required) options.add(entry);
    // What is the client's own comes back as it came: RFC 6842, RFC 3011 s. 2.
    echo(packet, clientIdentifier.code, options);
    if (type !== "nak") echo(packet, subnetSelection.code, options);
    // And what is the relay's, which is written last wherever it stands (RFC 3046 s. 2.2).
    echo(packet, relayAgentInformation.code, options);
    addChosen(available, { wanted, sent: (code) => packet.options.has(code) }, options);
    return options;
  }

  return { lease, information, refusal };
}

function bootOptions(boot: BootAnswer): readonly OptionEntry[] {
  const options: OptionEntry[] = [optionEntry(bootFileName, boot.file)];
  if (boot.tftpServer) options.push(optionEntry(tftpServerName, boot.tftpServer));
  if (boot.isHttp) options.push(httpClient);
  if (boot.isIpxe) options.push(noProxyDhcp);
  return options;
}

function echo({ options }: DhcpPacket, code: number, to: OptionList): void {
  const bytes = options.get(code);
  if (bytes) to.add([code, bytes]);
}
