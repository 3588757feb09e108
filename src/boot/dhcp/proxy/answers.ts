import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { BootAnswer } from "../boot-answer.ts";
import { bootFileName, tftpServerName, vendorClass } from "../options/boot.ts";
import { clientIdentifier } from "../options/client-identity.ts";
import { serverIdentifier } from "../options/configuration.ts";
import { firmwareUuid } from "../options/firmware-uuid.ts";
import { messageType } from "../options/message-type.ts";
import { type OptionEntry, optionEntry } from "../options/option.ts";
import { OptionList } from "../options/option-list.ts";
import { bootAtOnce, pxeOptions } from "../options/pxe.ts";
import { relayAgentInformation } from "../options/relay-agent.ts";
import { type DhcpPacket, noAddress } from "../packet.ts";
import { replyTo } from "../reply-to.ts";
import type { DhcpRequest } from "../request.ts";

const pxeClient = optionEntry(vendorClass, "PXEClient");
const httpClient = optionEntry(vendorClass, "HTTPClient");

/**
 * "There is something to boot here": an offer without an address, which a client takes beside that of its DHCP server
 * (PXE 2.1 s. 2.2.3). Without a boot file and without option 43 it makes the client ask on port 4011, from its own
 * address; EDK2 calls this BINL, and Windows Deployment Services has taught all firmware to understand it.
 */
export function pxeOffer(request: DhcpRequest, server: Ipv4): DhcpPacket {
  return answer(request, { server, type: "offer", siaddr: server, options: [pxeClient] });
}

/** The same for UEFI HTTP boot, which asks nobody again: the offer has all, `url` being its loader's. */
export function httpOffer(request: DhcpRequest, server: Ipv4, url: string): DhcpPacket {
  const options = [httpClient, optionEntry(bootFileName, url)];
  return answer(request, { server, type: "offer", siaddr: noAddress, options });
}

/**
 * What the client boots, on port 4011 (PXE 2.1 s. 2.2.5): at once, without a menu or a look for other boot servers. Which
 * of its boot servers the client means, if it has a list, comes back as it came.
 */
export function bootServerAck(
  request: DhcpRequest,
  server: Ipv4,
  { file, tftpServer }: BootAnswer,
): DhcpPacket {
  const asked = request.packet.options.get(pxeOptions.code);
  const bootItem = asked && pxeOptions.decode(asked)?.bootItem;
  const pxe = pxeOptions.encode({ discoveryControl: bootAtOnce, bootItem });
  const options: OptionEntry[] = [pxeClient, [pxeOptions.code, pxe], optionEntry(bootFileName, file)];
  if (tftpServer) options.push(optionEntry(tftpServerName, tftpServer));
  // iPXE reads the URL of its script from option 67; firmware looks for the name in the header, too.
  const header = tftpServer ? { siaddr: tftpServer, file } : { siaddr: server };
  return answer(request, { server, type: "ack", options, ...header });
}

interface Answer {
  readonly server: Ipv4;
  readonly type: "offer" | "ack";
  readonly siaddr: Ipv4;
  readonly file?: string;
  readonly options: readonly OptionEntry[];
}

function answer({ packet }: DhcpRequest, { server, type, siaddr, file = "", options }: Answer): DhcpPacket {
  const list = new OptionList();
  list.add(optionEntry(messageType, type));
  list.add(optionEntry(serverIdentifier, server));
  for (const entry of options) list.add(entry);
  // What is the client's own comes back as it came, and what is the relay's last.
  for (const { code } of [firmwareUuid, clientIdentifier, relayAgentInformation]) {
    const bytes = packet.options.get(code);
    if (bytes) list.add([code, bytes]);
  }
  const ciaddr = type === "ack" ? packet.ciaddr : noAddress;
  return replyTo(packet, { ciaddr, yiaddr: noAddress, siaddr, file, options: list });
}
