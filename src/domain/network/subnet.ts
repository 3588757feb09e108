import { z } from "zod";
import { Ipv4, Ipv4Cidr } from "../values/ipv4.ts";
import { SubnetName } from "../values/slug.ts";

/** Addresses that may be leased to whoever asks, both ends included. */
export const AddressRange = z.strictObject({ first: Ipv4, last: Ipv4 });
export type AddressRange = Readonly<z.infer<typeof AddressRange>>;

/** What happens when a machine that nobody knows asks to boot: the discovery agent, or its own disk. */
export const UnknownMachinePolicy = z.enum(["discover", "local-disk"]);
export type UnknownMachinePolicy = z.infer<typeof UnknownMachinePolicy>;

/** A subnet as the DHCP service serves it. */
export const Subnet = z.strictObject({
  name: SubnetName,
  cidr: Ipv4Cidr,
  ranges: z.array(AddressRange).max(64),
  /** Option 3 (RFC 2132 s. 3.5), most preferred first. */
  routers: z.array(Ipv4).max(8),
  /** Option 6 (RFC 2132 s. 3.8), most preferred first. */
  dnsServers: z.array(Ipv4).max(8),
  /** Option 15 (RFC 2132 s. 3.17). */
  domainName: z
    .string()
    .max(253)
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/)
    .nullable(),
  /** Option 51 (RFC 2132 s. 9.2), in seconds: 60 to one year. */
  leaseSeconds: z.int().min(60).max(31_536_000),
  unknownMachines: UnknownMachinePolicy,
});
export type Subnet = Readonly<z.infer<typeof Subnet>>;
