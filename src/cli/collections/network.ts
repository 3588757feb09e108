import type { Collection } from "./collection.ts";

/** Network interfaces of machines. */
export const interfaces: Collection = {
  field: "interfaces",
  type: "Interface",
  singular: "interface",
  names: ["mac"],
  fields: "id mac name driver address subnet source seenAt machine { machineId name }",
  facets: ["NAME", "DRIVER", "SUBNET", "SOURCE"],
  columns: [
    { name: "mac", path: "mac", order: "MAC" },
    { name: "name", path: "name", order: "NAME" },
    { name: "driver", path: "driver" },
    { name: "machine", path: "machine.name", fallback: "machine.machineId" },
    { name: "address", path: "address", order: "ADDRESS" },
    { name: "subnet", path: "subnet", order: "SUBNET" },
    { name: "seen", path: "seenAt", kind: "time", order: "SEEN_AT" },
    { name: "source", path: "source", kind: "enum", wide: true },
    { name: "machineId", path: "machine.machineId", wide: true },
  ],
};

/** What the service knows of addresses. */
export const leases: Collection = {
  field: "leases",
  type: "Lease",
  singular: "lease",
  names: ["address"],
  fields: `id address subnet status reservedFor holder { mac clientId hostname } machine { machineId name }
    relay leaseSeconds until changedAt revision position`,
  facets: ["STATUS", "SUBNET"],
  columns: [
    { name: "address", path: "address", order: "ADDRESS" },
    { name: "status", path: "status", kind: "enum", order: "STATUS" },
    { name: "mac", path: "holder.mac", order: "MAC" },
    { name: "hostname", path: "holder.hostname", order: "HOSTNAME" },
    { name: "machine", path: "machine.name", fallback: "machine.machineId" },
    { name: "subnet", path: "subnet", order: "SUBNET" },
    { name: "until", path: "until", kind: "time", order: "UNTIL" },
    { name: "reserved", path: "reservedFor", wide: true },
    { name: "relay", path: "relay", wide: true },
    { name: "clientId", path: "holder.clientId", wide: true },
    { name: "seconds", path: "leaseSeconds", wide: true },
    { name: "changed", path: "changedAt", kind: "time", wide: true, order: "CHANGED_AT" },
  ],
};

/** Addresses that are set aside for one client. */
export const reservations: Collection = {
  field: "reservations",
  type: "Reservation",
  singular: "reservation",
  names: ["address"],
  fields: "id address key mac subnet machine { machineId name } lease { status until }",
  facets: ["SUBNET", "STATUS"],
  columns: [
    { name: "address", path: "address", order: "ADDRESS" },
    { name: "for", path: "key", order: "KEY" },
    { name: "machine", path: "machine.name", fallback: "machine.machineId" },
    { name: "subnet", path: "subnet", order: "SUBNET" },
    { name: "status", path: "lease.status", kind: "enum" },
    { name: "mac", path: "mac", wide: true, order: "MAC" },
  ],
};

/** Subnets that are served. */
export const subnets: Collection = {
  field: "subnets",
  type: "Subnet",
  singular: "subnet",
  names: ["name"],
  fields: `id name cidr ranges { first last } routers dnsServers domainName leaseSeconds unknownMachines
    sharedNetwork exclusions { first last } picker cacheThreshold probeBeforeOffer options { code name value }
    usage { total leased reserved declined } definedAt changedAt`,
  facets: ["UNKNOWN_MACHINES", "PREFIX_LENGTH"],
  columns: [
    { name: "name", path: "name", order: "NAME" },
    { name: "cidr", path: "cidr", order: "NETWORK" },
    { name: "ranges", path: "ranges", selection: "ranges { first last }", kind: "ranges" },
    { name: "addresses", path: "usage.total" },
    { name: "leased", path: "usage.leased" },
    { name: "reserved", path: "usage.reserved" },
    { name: "declined", path: "usage.declined" },
    { name: "unknown", path: "unknownMachines", kind: "enum" },
    { name: "routers", path: "routers", wide: true },
    { name: "dns", path: "dnsServers", wide: true },
    { name: "domain", path: "domainName", wide: true },
    { name: "seconds", path: "leaseSeconds", wide: true },
    { name: "shared", path: "sharedNetwork", wide: true },
    {
      name: "exclusions",
      path: "exclusions",
      selection: "exclusions { first last }",
      kind: "ranges",
      wide: true,
    },
    { name: "picker", path: "picker", kind: "enum", wide: true },
    { name: "threshold", path: "cacheThreshold", wide: true },
    { name: "probe", path: "probeBeforeOffer", kind: "flag", wide: true },
    { name: "options", path: "options", selection: "options { name value }", kind: "options", wide: true },
    { name: "defined", path: "definedAt", kind: "time", wide: true, order: "DEFINED_AT" },
    { name: "changed", path: "changedAt", kind: "time", wide: true, order: "CHANGED_AT" },
  ],
};

/** How full each subnet is. */
export const addressUsage: Collection = {
  field: "addressUsage",
  type: "AddressUsage",
  singular: "usage",
  names: ["subnet.name"],
  fields: "id subnet { name cidr } total leased reserved declined free usedPercent",
  facets: ["USED_PERCENT"],
  columns: [
    { name: "subnet", path: "subnet.name", order: "SUBNET" },
    { name: "cidr", path: "subnet.cidr" },
    { name: "total", path: "total", order: "TOTAL" },
    { name: "leased", path: "leased", order: "LEASED" },
    { name: "reserved", path: "reserved", order: "RESERVED" },
    { name: "declined", path: "declined", order: "DECLINED" },
    { name: "free", path: "free", order: "FREE" },
    { name: "percent", path: "usedPercent", order: "USED_PERCENT" },
  ],
};

/** Clients that are alike, and what they get. */
export const clientClasses: Collection = {
  field: "clientClasses",
  type: "ClientClass",
  singular: "class",
  names: ["name"],
  fields: `id name priority leaseSeconds bootFile options { code name value }
    match {
      architectures vendorClassPrefixes userClasses macPrefixes relayCircuits relayRemotes subnets
      machineLabels { labels { key value } }
    }
    definedAt changedAt`,
  facets: ["PRIORITY"],
  columns: [
    { name: "name", path: "name", order: "NAME" },
    { name: "priority", path: "priority", order: "PRIORITY" },
    { name: "architectures", path: "match.architectures", kind: "enum" },
    { name: "vendor", path: "match.vendorClassPrefixes" },
    { name: "macs", path: "match.macPrefixes" },
    { name: "subnets", path: "match.subnets" },
    { name: "options", path: "options", selection: "options { name value }", kind: "options" },
    { name: "bootFile", path: "bootFile" },
    { name: "user", path: "match.userClasses", wide: true },
    { name: "circuits", path: "match.relayCircuits", wide: true },
    { name: "remotes", path: "match.relayRemotes", wide: true },
    {
      name: "labels",
      path: "match.machineLabels.labels",
      selection: "match { machineLabels { labels { key value } } }",
      kind: "labels",
      wide: true,
    },
    { name: "seconds", path: "leaseSeconds", wide: true },
    { name: "defined", path: "definedAt", kind: "time", wide: true, order: "DEFINED_AT" },
    { name: "changed", path: "changedAt", kind: "time", wide: true, order: "CHANGED_AT" },
  ],
};
