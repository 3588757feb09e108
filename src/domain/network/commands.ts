import { z } from "zod";
import { SubnetName } from "../values/slug.ts";
import { Subnet } from "./subnet.ts";

export const NetworkCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("DefineSubnet"), subnet: Subnet }),
  z.strictObject({ type: z.literal("ChangeSubnet"), subnet: Subnet }),
  z.strictObject({ type: z.literal("RetireSubnet"), name: SubnetName }),
]);
export type NetworkCommand = z.infer<typeof NetworkCommand>;
