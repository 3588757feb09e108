import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootAnswer } from "./boot-answer.ts";
import type { RequestLink } from "./boot-link.ts";
import type { SubnetClient } from "./leases/allocator.ts";
import type { DhcpRequest } from "./request.ts";

/** One message of a client, and what was found out about it on arrival. */
export interface Exchange {
  readonly request: DhcpRequest;
  readonly client: SubnetClient;
  readonly link: RequestLink;
  readonly nowMs: number;
}

/** What the client is to boot when it gets the address; `undefined`: nothing. */
export type BootAnswerFor = (exchange: Exchange, address: Ipv4) => BootAnswer | undefined;
