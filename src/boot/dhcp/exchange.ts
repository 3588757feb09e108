import type { ClientSettings } from "../../domain/network/client-settings.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootAnswer } from "./boot-answer.ts";
import type { RequestLink } from "./boot-link.ts";
import type { NetworkClient } from "./leases/allocator.ts";
import type { Replies } from "./reply.ts";
import type { DhcpRequest } from "./request.ts";

/** The wire that a message came in by: the answer leaves there, in the name of the address that we have on it. */
export interface ReceivingWire {
  /** As the configuration calls it. */
  readonly name: string;
  /** Of this host on the wire: option 54 of the answers. */
  readonly address: Ipv4;
}

/** One message of a client, and what was found out about it on arrival. */
export interface Exchange {
  readonly request: DhcpRequest;
  readonly client: NetworkClient;
  readonly wire: ReceivingWire;
  /** Builds answers in the name of the wire's address. */
  readonly reply: Replies;
  readonly link: RequestLink;
  readonly nowMs: number;
}

/** What the client is to boot when it gets the address; `undefined`: nothing. */
export type BootAnswerFor = (
  exchange: Exchange,
  given: { readonly address: Ipv4; readonly settings: ClientSettings },
) => BootAnswer | undefined;
