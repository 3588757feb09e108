import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Ipv4 } from "../values/ipv4.ts";
import { MacAddress } from "../values/mac-address.ts";
import { ClientClassName, SubnetName } from "../values/slug.ts";
import { ClientClass } from "./client-class.ts";
import { Subnet, subnetDefaults } from "./subnet.ts";

/**
 * All subnets and ranges share one stream, because they must not overlap; and so do client classes, which name
 * subnets.
 */
export const networkStream = "network";

/** Schema 2 brought what is in `subnetDefaults`. */
const upcasters = [
  (data: object) => ({ ...data, subnet: { ...subnetDefaults, ...(data as { subnet: object }).subnet } }),
];

/** The subnet is served from now on. */
export const SubnetDefined = defineEvent("SubnetDefined", { subnet: Subnet }, { upcasters });

/** The full definition, as it is from now on. Leases that were granted keep what they were granted with. */
export const SubnetChanged = defineEvent("SubnetChanged", { subnet: Subnet }, { upcasters });

/** The subnet is served no more. */
export const SubnetRetired = defineEvent("SubnetRetired", { name: SubnetName });

/** Clients that are of the class get what it says from now on. */
export const ClientClassDefined = defineEvent("ClientClassDefined", { class: ClientClass });

/** The full definition, as it is from now on. Leases that were granted keep what they were granted with. */
export const ClientClassChanged = defineEvent("ClientClassChanged", { class: ClientClass });

/** No client is of the class any more. */
export const ClientClassRetired = defineEvent("ClientClassRetired", { name: ClientClassName });

/** A DHCP server that is none of ours answered a probe. */
export const RogueServerSeen = defineEvent("RogueServerSeen", {
  /** As it names itself in option 54, else where its answer came from. */
  server: Ipv4,
  /** Ours, on which it answered. */
  wire: z.string().min(1).max(64),
  /** Its hardware address, where that could be found out. */
  mac: MacAddress.nullable(),
  /** The address that it offered. */
  offered: Ipv4.nullable(),
});

/** Requests of unknown MACs that were answered with the disk and not recorded one by one. */
export const PxeRequestsSuppressed = defineEvent("PxeRequestsSuppressed", {
  count: z.int().positive(),
  fromMs: z.int(),
  toMs: z.int(),
});

const networkEvents = [
  SubnetDefined,
  SubnetChanged,
  SubnetRetired,
  ClientClassDefined,
  ClientClassChanged,
  ClientClassRetired,
  RogueServerSeen,
  PxeRequestsSuppressed,
] as const;
export type NetworkEvent = EventOf<(typeof networkEvents)[number]>;
export const networkCodec = eventCodec(networkEvents);
