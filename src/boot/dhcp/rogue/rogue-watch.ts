import type { RemoteInfo } from "node:dgram";
import { ClientId } from "../../../domain/values/client-id.ts";
import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import { vendorClass } from "../options/boot.ts";
import { clientIdentifier } from "../options/client-identity.ts";
import { parameterRequestList, serverIdentifier } from "../options/configuration.ts";
import { messageType } from "../options/message-type.ts";
import { optionEntry, readOption } from "../options/option.ts";
import { OptionList } from "../options/option-list.ts";
import { type DhcpPacket, noAddress } from "../packet.ts";
import type { Overhearing } from "../server.ts";

/** A DHCP server that answered a probe and is not expected on the wire. */
export interface RogueServer {
  /** Option 54, or where the answer came from. */
  readonly server: Ipv4;
  /** Where the answer came from. */
  readonly source: Ipv4;
  /** The address that it offered; `null`: none, as a proxyDHCP server does. */
  readonly offered: Ipv4 | null;
}

export interface RogueWatchOptions {
  /** Our addresses on all wires. */
  readonly ownAddresses: () => readonly Ipv4[];
  /** Other servers that belong on the wire. */
  readonly trusted: readonly Ipv4[];
  /** The log that our processes share: those that know it are no rogues. */
  readonly logId: string;
  /** A number that nobody guesses, unsigned 32 bits. */
  readonly random: () => number;
  /** Told of each answer. */
  readonly onRogue: (rogue: RogueServer) => void;
}

/** Asks a wire for DHCP servers that should not be there. */
export interface RogueWatch extends Overhearing {
  /**
   * The next probe, and the only one whose answers count from now on. It is to be broadcast to the port of servers.
   */
  probe(from: { readonly address: Ipv4; readonly mac: MacAddress }): DhcpPacket;
  /** How many servers answered the last two probes that should not have. At most 256 are told apart. */
  serversSeen(): number;
}

const toldApartMax = 256;

/** What a server's log shows of a probe: option 60, and option 61 with this text and more behind a zero (RFC 2132 s. 9.14). */
const signature = "ironledger-probe";

const askedFor = [1, 3, 6, 51, 54];

/**
 * A probe is a DHCPDISCOVER as a relay passes one on, whose `giaddr` is our own address: servers answer to the port of
 * servers, where we listen anyway. The port of clients may be another program's, a DHCP client's of this host. It is
 * never followed by a DHCPREQUEST, so nothing is leased. Other processes on the same log know it by its option 61, and
 * leave it unanswered: they are expected, wherever they are.
 */
export function rogueWatch(options: RogueWatchOptions): RogueWatch {
  const { ownAddresses, trusted, logId, random, onRogue } = options;
  const ownId = ClientId.parse(`00${Buffer.from(`${signature} ${logId}`).toString("hex")}`);
  let xid: number | undefined;
  let seen = new Set<Ipv4>();
  let seenBefore = 0;

  return {
    isOwn: ({ xid: askedBy, giaddr, options }) =>
      askedBy === xid || (giaddr !== noAddress && readOption(options, clientIdentifier) === ownId),

    onAnswer(packet, from: RemoteInfo) {
      if (packet.xid !== xid || readOption(packet.options, messageType) !== "offer") return;
      const source = from.address as Ipv4;
      const server = readOption(packet.options, serverIdentifier) ?? source;
      const expected = [...ownAddresses(), ...trusted];
      if (expected.includes(server)) return;
      if (seen.size < toldApartMax) seen.add(server);
      onRogue({ server, source, offered: packet.yiaddr === noAddress ? null : packet.yiaddr });
    },

    probe({ address, mac }) {
      xid = random();
      seenBefore = seen.size;
      seen = new Set();
      return discover({ xid, ownId, address, mac });
    },

    serversSeen: () => Math.max(seen.size, seenBefore),
  };
}

function discover({
  xid,
  ownId,
  address,
  mac,
}: {
  readonly xid: number;
  readonly ownId: ClientId;
  readonly address: Ipv4;
  readonly mac: MacAddress;
}): DhcpPacket {
  const options = new OptionList();
  options.add(optionEntry(messageType, "discover"));
  options.add(optionEntry(vendorClass, signature));
  options.add(optionEntry(clientIdentifier, ownId));
  options.add(optionEntry(parameterRequestList, askedFor));
  return {
    op: "request",
    hops: 1,
    xid,
    secs: 0,
    broadcast: true,
    ciaddr: noAddress,
    yiaddr: noAddress,
    siaddr: noAddress,
    giaddr: address,
    mac,
    sname: "",
    file: "",
    options,
  };
}
