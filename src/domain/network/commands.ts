import { z } from "zod";
import { Ipv4 } from "../values/ipv4.ts";
import { MacAddress } from "../values/mac-address.ts";
import { ClientClassName, SubnetName } from "../values/slug.ts";
import { ClientClass } from "./client-class.ts";
import { Subnet } from "./subnet.ts";

export const NetworkCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("DefineSubnet"), subnet: Subnet }),
  z.strictObject({ type: z.literal("ChangeSubnet"), subnet: Subnet }),
  z.strictObject({ type: z.literal("RetireSubnet"), name: SubnetName }),
  z.strictObject({ type: z.literal("DefineClientClass"), class: ClientClass }),
  z.strictObject({ type: z.literal("ChangeClientClass"), class: ClientClass }),
  z.strictObject({ type: z.literal("RetireClientClass"), name: ClientClassName }),
  /** Recorded each time: how often is for the prober to say. */
  z.strictObject({
    type: z.literal("RecordRogueServer"),
    server: Ipv4,
    wire: z.string().min(1).max(64),
    mac: MacAddress.nullable(),
    offered: Ipv4.nullable(),
  }),
]);
export type NetworkCommand = z.infer<typeof NetworkCommand>;
