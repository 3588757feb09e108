import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import { address, concat, hexOf, opaque } from "./formats.ts";
import type { DhcpOption } from "./option.ts";
import { findSubOption, subOption } from "./sub-options.ts";

/**
 * Option 82: what the relay says about where the client is plugged in. Sent back octet for octet and as the last
 * option, as relays expect it (RFC 3046 s. 2.2).
 */
export const relayAgentInformation: DhcpOption<Uint8Array> = {
  code: 82,
  name: "relay-agent-information",
  source: "RFC 3046 s. 2.0",
  ...opaque,
};

/** The sub-options of option 82 that the service looks at. */
export interface RelayInformation {
  /** Sub-option 1, in hex: the port that the client is behind, whatever the octets mean. */
  readonly circuitId: string | null;
  /** Sub-option 2, in hex: the relay, or the line. */
  readonly remoteId: string | null;
  /** Sub-option 5: an address of the client's network, where `giaddr` is of another (RFC 3527 s. 3). */
  readonly linkSelection: Ipv4 | undefined;
  /** Sub-option 11: what the relay wants the server to call itself, so that renewals pass the relay (RFC 5107 s. 4). */
  readonly serverOverride: Ipv4 | undefined;
}

/** Same option, read and written by its sub-options. What makes no sense reads as if it were not there. */
export const relayInformation: Pick<DhcpOption<RelayInformation>, "code" | "decode" | "encode"> = {
  code: relayAgentInformation.code,
  decode(octets, start = 0, end = octets.length) {
    const at = (code: number) => findSubOption(octets, code, { start, end });
    const circuit = at(1);
    const remote = at(2);
    const link = at(5);
    const server = at(11);
    return {
      circuitId: circuit ? hexOf(octets, ...circuit) || null : null,
      remoteId: remote ? hexOf(octets, ...remote) || null : null,
      linkSelection: link && address.decode(octets, ...link),
      serverOverride: server && address.decode(octets, ...server),
    };
  },
  encode: ({ circuitId, remoteId, linkSelection, serverOverride }) =>
    concat([
      ...(circuitId === null ? [] : [subOption(1, Buffer.from(circuitId, "hex"))]),
      ...(remoteId === null ? [] : [subOption(2, Buffer.from(remoteId, "hex"))]),
      ...(linkSelection ? [subOption(5, address.encode(linkSelection))] : []),
      ...(serverOverride ? [subOption(11, address.encode(serverOverride))] : []),
    ]),
};

/** Option 118: an address of the network that the client wants one of. Sent back (RFC 3011 s. 2). */
export const subnetSelection: DhcpOption<Ipv4> = {
  code: 118,
  name: "subnet-selection",
  source: "RFC 3011 s. 2",
  ...address,
};
