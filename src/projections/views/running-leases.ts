import type { AddressRange } from "../../domain/network/subnet.ts";
import {
  cidrBounds,
  type Ipv4,
  type Ipv4Cidr,
  ipv4FromNumber,
  ipv4Number,
} from "../../domain/values/ipv4.ts";
import type { ViewConnection } from "../view-connection.ts";

/** Which leases of a network are looked for: those that what it becomes would not go on with. */
export interface EndangeredLeases {
  readonly cidr: Ipv4Cidr;
  /** Leases in these stay. */
  readonly ranges: readonly AddressRange[];
  /** Leases of reserved addresses of this network stay; `undefined`: none do. */
  readonly reservedIn: Ipv4Cidr | undefined;
  /** Milliseconds UTC. */
  readonly nowMs: number;
}

export interface LeaseCount {
  readonly count: number;
  /** The lowest of them; `undefined`: there is none. */
  readonly first: Ipv4 | undefined;
}

const statement = `SELECT count(*) AS leases, min(ip) AS lowest FROM address
  WHERE ip BETWEEN ? AND ? AND status = 'leased' AND untilMs > ?
  AND NOT (reservedFor IS NOT NULL AND ip BETWEEN ? AND ?)`;

/** Counts leases in the gaps between ranges, of the view of leases. Each gap is a walk along the key. */
export function runningLeases(connection: ViewConnection): (asked: EndangeredLeases) => LeaseCount {
  const counting = connection.prepare(statement);
  return ({ cidr, ranges, reservedIn, nowMs }) => {
    const kept = reservedIn === undefined ? { first: 1, last: 0 } : cidrBounds(reservedIn);
    const found = gapsOf(cidr, ranges).map(({ first, last }) => {
      const row = counting.get(first, last, nowMs, kept.first, kept.last);
      return { leases: Number(row?.["leases"]), lowest: Number(row?.["lowest"]) };
    });
    const lowest = found.find(({ leases }) => leases > 0)?.lowest;
    return {
      count: found.reduce((sum, { leases }) => sum + leases, 0),
      first: lowest === undefined ? undefined : ipv4FromNumber(lowest),
    };
  };
}

/** The addresses of the network that are in none of the ranges, the lowest first. */
function gapsOf(cidr: Ipv4Cidr, ranges: readonly AddressRange[]) {
  const bounds = cidrBounds(cidr);
  const ordered = ranges
    .map(({ first, last }) => ({ first: ipv4Number(first), last: ipv4Number(last) }))
    .toSorted((one, other) => one.first - other.first);
  const starts = [bounds.first, ...ordered.map(({ last }) => Math.max(last + 1, bounds.first))];
  const ends = [...ordered.map(({ first }) => Math.min(first - 1, bounds.last)), bounds.last];
  return starts
    .map((first, index) => ({ first, last: ends[index] ?? bounds.last }))
    .filter(({ first, last }) => first <= last);
}
