import type { Binding } from "../../domain/address/binding.ts";
import { addressStream } from "../../domain/address/events.ts";
import type { BootQuestion } from "../../domain/ports/boot-explainer.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { ReservationKey } from "../../domain/values/reservation-key.ts";
import type { SubnetName } from "../../domain/values/slug.ts";
import type { Condition } from "../../projections/query/condition.ts";
import type { LogSources } from "./past-log.ts";

/** Addresses of one client that are looked at, most. A client has one in each subnet that it ever was in. */
const addressesMax = 64;

/** Changes of reservations since the moment that are looked at, most. */
const changesMax = 256;

/** Addresses of a network that are looked at for one that is free, most: of four networks with 250 addresses, all. */
const networkAddressesMax = 1_000;

/** An address as the view of leases keeps it. */
export interface KeptAddress {
  readonly address: Ipv4;
  readonly binding: Binding;
  readonly revision: number;
}

/**
 * All addresses of some subnets that the log knows, those that changed the longest ago first; `undefined` when they are
 * too many, and for the past, which the view does not tell.
 */
export function addressesOf(
  { views }: Pick<LogSources, "views">,
  { isNow }: Pick<BootQuestion, "isNow">,
  subnets: readonly SubnetName[],
): readonly KeptAddress[] | undefined {
  if (!isNow) return undefined;
  const found = views.lists.leases.page({
    where: { column: "subnet", in: subnets },
    orderBy: { column: "changedAt", descending: false },
    limit: networkAddressesMax + 1,
  });
  if (found.length > networkAddressesMax) return undefined;
  return found.map(({ row }) => {
    const { address, revision, subnet, status, reservedFor, mac, clientId, hostname, relay } = row;
    const holder = mac && { mac, clientId, hostname };
    const { leaseSeconds, untilMs } = row;
    return {
      address,
      revision,
      binding: { subnet, status, reservedFor, holder, relay, leaseSeconds, untilMs },
    };
  });
}

/**
 * Streams of the addresses that a client may have, or may have had at the moment: those that the view of leases knows
 * it by, and for the past those that it was granted before, and those whose reservation changed since.
 */
export function candidateStreams(
  { views }: Pick<LogSources, "views">,
  { mac, until, isNow }: BootQuestion,
  keys: readonly ReservationKey[],
): readonly string[] {
  const held = views.lists.leases
    .page({
      where: {
        any: [
          { column: "mac", eq: mac },
          { column: "reservedFor", in: keys },
        ],
      },
      orderBy: { column: "changedAt", descending: true },
      limit: addressesMax,
    })
    .map(({ row }) => addressStream(row.address));
  if (isNow) return held;

  const ordinal = views.events.findByPosition(until)?.ordinal ?? 0;
  const streamsOf = (where: Condition, descending: boolean, limit: number) =>
    views.lists.events
      .page({ where, orderBy: { column: "position", descending }, limit })
      .map(({ row }) => row.stream);
  const granted: Condition = {
    all: [
      { column: "category", eq: "address" },
      { column: "actor", eq: `client:${mac}` },
      { column: "position", below: ordinal + 1 },
    ],
  };
  const reservedSince: Condition = {
    all: [
      { column: "type", in: ["AddressReserved", "ReservationRemoved"] },
      { column: "position", from: ordinal + 1 },
    ],
  };
  return [
    ...new Set([
      ...held,
      ...streamsOf(granted, true, addressesMax),
      ...streamsOf(reservedSince, false, changesMax),
    ]),
  ];
}
