import type { AddressCommand } from "../../domain/address/commands.ts";
import { EventStoreError } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { Commit, CommitResult } from "./commit.ts";
import type { DhcpCounters } from "./counters.ts";
import type { Exchange } from "./exchange.ts";
import type { WorkLimit } from "./work-limit.ts";

/** Which address changes, and for whom. */
export interface AddressToChange {
  readonly address: Ipv4;
  /** For a client that nobody knows: it gives way to those that are known. (Default: false) */
  readonly isGivingWay?: boolean;
}

/** Records what a client's message does to an address. `undefined`: nothing was recorded, the client may retry. */
export type ChangeAddress = (
  exchange: Exchange,
  which: AddressToChange,
  command: AddressCommand,
) => Promise<CommitResult | undefined>;

export function changeAddress(options: {
  readonly commit: Commit;
  readonly limit: WorkLimit;
  readonly counters: DhcpCounters;
}): ChangeAddress {
  const { commit, limit, counters } = options;

  return async ({ client, link }, { address, isGivingWay = false }, command) => {
    const cause = {
      actor: `client:${client.mac}`,
      source: "dhcp",
      correlationId: link.correlationId,
      causationId: link.boot?.bootId,
    } as const;
    const work = limit.run({ address, isGivingWay }, () => commit(address, command, cause));
    if (!work) {
      counters.shed++;
      return undefined;
    }
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof EventStoreError)) throw error;
      // Without the log nothing is granted: no answer is the answer, and the client asks again.
      counters.unrecorded++;
      return undefined;
    }
  };
}
