import { isReservedFor } from "../../domain/address/lease.ts";
import type { NetworkClient, Prospect } from "./leases/allocator.ts";
import type { LeaseTable } from "./leases/lease-table.ts";
import { wasHolder } from "./leases/standing.ts";

/** Whether nobody knows the client: it is of no machine, did not have the address before, and has no right to it. */
export function isNewcomer({ address }: Prospect, client: NetworkClient, leases: LeaseTable): boolean {
  if (client.isKnown) return false;
  const binding = leases.get(address)?.binding;
  return !binding || !(wasHolder(binding, client) || isReservedFor(binding, client.keys));
}
