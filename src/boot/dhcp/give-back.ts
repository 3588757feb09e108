import type { MacAddress } from "../../domain/values/mac-address.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { ChangeAddress } from "./change-address.ts";
import type { DhcpCounters } from "./counters.ts";
import type { Exchange } from "./exchange.ts";
import type { IsOurs } from "./ours.ts";

/** How long an address that somebody else was found to use is kept out of use, seconds. */
const quarantineSeconds = 3_600;

/**
 * Releases and declines that are taken of one interface in an hour. Each makes room for one more grant: a client that
 * takes and gives up addresses in a loop would otherwise fill the log. One that is ignored keeps its lease until it
 * ends, and is offered the same address again.
 */
const takenPerHour = 30;

interface GiveBackOptions {
  readonly change: ChangeAddress;
  readonly isOurs: IsOurs;
  readonly counters: DhcpCounters;
}

/** The two ways in which a client gives up its address. Neither has an answer. */
export function giveBack({ change, isOurs, counters }: GiveBackOptions) {
  const withinShare = createRateLimit<MacAddress>({ most: takenPerHour, windowMs: 3_600_000 });

  function isTaken({ client, nowMs }: Exchange): boolean {
    if (withinShare(client.mac, nowMs)) return true;
    counters.ignored++;
    return false;
  }

  /** The client found its address in use by somebody else (RFC 2131 s. 4.3.3). */
  async function decline(exchange: Exchange): Promise<void> {
    const { request, client, nowMs } = exchange;
    if (!isOurs(request) || !request.requested || !isTaken(exchange)) return;
    const { mac, clientId } = client;
    await change(
      exchange,
      { address: request.requested },
      {
        type: "DeclineAddress",
        mac,
        clientId,
        quarantineSeconds,
        nowMs,
      },
    );
  }

  /** The client needs its address no more (RFC 2131 s. 4.3.4). */
  async function release(exchange: Exchange): Promise<void> {
    const { request, client } = exchange;
    if (!isOurs(request) || !request.clientAddress || !isTaken(exchange)) return;
    const { mac, clientId } = client;
    await change(exchange, { address: request.clientAddress }, { type: "ReleaseLease", mac, clientId });
  }

  return { decline, release };
}
