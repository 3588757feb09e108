import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { SubnetName } from "../values/slug.ts";
import { Subnet } from "./subnet.ts";

/** All subnets and ranges share one stream, because they must not overlap. */
export const networkStream = "network";

/** The subnet is served from now on. */
export const SubnetDefined = defineEvent("SubnetDefined", { subnet: Subnet });

/** The full definition, as it is from now on. Leases that were granted keep what they were granted with. */
export const SubnetChanged = defineEvent("SubnetChanged", { subnet: Subnet });

/** The subnet is served no more. */
export const SubnetRetired = defineEvent("SubnetRetired", { name: SubnetName });

/** Requests of unknown MACs that were answered with the disk and not recorded one by one. */
export const PxeRequestsSuppressed = defineEvent("PxeRequestsSuppressed", {
  count: z.int().positive(),
  fromMs: z.int(),
  toMs: z.int(),
});

const networkEvents = [SubnetDefined, SubnetChanged, SubnetRetired, PxeRequestsSuppressed] as const;
export type NetworkEvent = EventOf<(typeof networkEvents)[number]>;
export const networkCodec = eventCodec(networkEvents);
