import { type Ipv4, Ipv4 as Ipv4Schema } from "../../../domain/values/ipv4.ts";
import { SubnetName } from "../../../domain/values/slug.ts";
import type { AddressRow } from "../../../projections/views/leases.ts";
import type { AddressPage, LeasesReader } from "../../../projections/views/leases-reader.ts";
import type { LeaseFilter, LeaseResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { nodeId } from "../node-id.ts";
import { type Paging, readPage } from "../page.ts";
import { shown } from "../positions.ts";
import { present } from "./machine-reference.ts";
import { leaseStatusNames, wordOf } from "./names.ts";

const paging: Paging<AddressRow, Ipv4> = {
  type: "LeaseConnection",
  keyOf: ({ address }) => address,
  isKey: (value): value is Ipv4 => Ipv4Schema.safeParse(value).success,
};

export const leaseQueries: Pick<QueryResolvers, "leases"> = {
  async leases(_root, { minPosition, filter, ...page }, { views, ...context }) {
    await shown({ views, ...context }, minPosition);
    const read = rowsOf(views.leases, filter ?? {});
    return readPage(paging, page, ({ first, after }) => read({ limit: first, ...(after && { after }) }));
  },
};

export const Lease: LeaseResolvers = {
  id: ({ address }) => nodeId("Lease", address),
  address: ({ address }) => address,
  subnet: ({ subnet }) => subnet,
  status: ({ status }) => leaseStatusNames[status],
  reservedFor: ({ reservedFor }) => reservedFor,
  holder: ({ mac, clientId, hostname }) => (mac === null ? null : { mac, clientId, hostname }),
  machine({ mac }, _args, { views }) {
    const snapshot = mac === null ? undefined : views.machines.findByMac(mac);
    return snapshot ? present(snapshot) : null;
  },
  relay: ({ relay }) => relay,
  leaseSeconds: ({ leaseSeconds }) => leaseSeconds,
  until: ({ untilMs }) => untilMs,
  revision: ({ revision }) => revision,
  position: ({ position }) => position,
};

type ReadRows = (page: AddressPage) => readonly AddressRow[];

/** Reads by the narrowest condition, which an index answers; the others are looked at row by row. */
function rowsOf(leases: LeasesReader, filter: LeaseFilter): ReadRows {
  const { address, mac, reservedFor } = filter;
  if (address) return filtered(() => [leases.find(address)].filter((row) => row !== undefined), filter);
  if (mac) return filtered((page) => leases.listByMac(mac, page), filter);
  if (reservedFor) return filtered((page) => leases.listReservedFor(reservedFor, page), filter);
  const subnet = filter.subnet ? SubnetName.safeParse(filter.subnet).data : undefined;
  if (filter.subnet && !subnet) return () => [];
  const status = filter.status ? wordOf(leaseStatusNames, filter.status) : undefined;
  return (page) => leases.list({ ...(subnet && { subnet }), ...(status && { status }) }, page);
}

/** What an interface has to do with is a few addresses, so all of them are looked at. */
function filtered(read: ReadRows, { subnet, status, mac, reservedFor }: LeaseFilter): ReadRows {
  return ({ after, limit }) => {
    const rows: AddressRow[] = [];
    for (const row of allRows(read, after)) {
      const accepted =
        (!subnet || row.subnet === subnet) &&
        (!status || leaseStatusNames[row.status] === status) &&
        (!mac || row.mac === mac) &&
        (!reservedFor || row.reservedFor === reservedFor);
      if (accepted) rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  };
}

const pageRows = 200;

function* allRows(read: ReadRows, start: Ipv4 | undefined): Generator<AddressRow> {
  let after = start;
  for (;;) {
    const page = read({ limit: pageRows, ...(after && { after }) });
    yield* page;
    if (page.length < pageRows) return;
    after = page.at(-1)?.address;
  }
}
