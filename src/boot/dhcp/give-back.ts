import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { ChangeAddress } from "./change-address.ts";
import type { Exchange } from "./exchange.ts";

/** How long an address that somebody else was found to use is kept out of use, seconds. */
const quarantineSeconds = 3_600;

/** The two ways in which a client gives up its address. Neither has an answer. */
export function giveBack(change: ChangeAddress, serverAddress: Ipv4) {
  /** The client found its address in use by somebody else (RFC 2131 s. 4.3.3). */
  async function decline(exchange: Exchange): Promise<void> {
    const { request, client, nowMs } = exchange;
    if (request.server !== serverAddress || !request.requested) return;
    const { mac, clientId } = client;
    await change(exchange, request.requested, {
      type: "DeclineAddress",
      mac,
      clientId,
      quarantineSeconds,
      nowMs,
    });
  }

  /** The client needs its address no more (RFC 2131 s. 4.3.4). */
  async function release(exchange: Exchange): Promise<void> {
    const { request, client } = exchange;
    if (request.server !== serverAddress || !request.clientAddress) return;
    const { mac, clientId } = client;
    await change(exchange, request.clientAddress, { type: "ReleaseLease", mac, clientId });
  }

  return { decline, release };
}
