import { z } from "zod";
import { Ipv4, Ipv4Cidr } from "../values/ipv4.ts";
import { SharedNetworkName, SubnetName } from "../values/slug.ts";
import { OptionSettings } from "./option-setting.ts";

/** Addresses that may be leased to whoever asks, both ends included. */
export const AddressRange = z.strictObject({ first: Ipv4, last: Ipv4 });
export type AddressRange = Readonly<z.infer<typeof AddressRange>>;

/** What happens when a machine that nobody knows asks to boot: the discovery agent, or its own disk. */
export const UnknownMachinePolicy = z.enum(["discover", "local-disk"]);
export type UnknownMachinePolicy = z.infer<typeof UnknownMachinePolicy>;

/**
 * Which address a client without one gets. `hint`: the one that it asks for (option 50) when that is free, else one
 * that was never used, else the one that was given back the longest ago. `next-free`: the lowest that is free; wishes
 * are not looked at. `least-recently-used`: one that was never used, else the one whose last use is the longest ago;
 * wishes are not looked at.
 */
export const AddressPicker = z.enum(["hint", "next-free", "least-recently-used"]);
export type AddressPicker = z.infer<typeof AddressPicker>;

/** Part of a lease, from its start, in which a renewal gets the remaining time and no event: 0 to 0.9. */
export const CacheThreshold = z.number().min(0).max(0.9);

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
  /**
   * Subnets that say the same share one wire: a client there may get an address of any of them, in the order of their
   * names. `null`: it has its wire for itself.
   */
  sharedNetwork: SharedNetworkName.nullable(),
  /** Addresses in the ranges that are not handed out. A reservation or a running lease of one goes on. */
  exclusions: z.array(AddressRange).max(64),
  picker: AddressPicker,
  /** As Kea's `cache-threshold`. A machine asks for its address three times while it boots, and once is news. */
  cacheThreshold: CacheThreshold,
  /** Whether the network is asked, before an address that is nobody's is offered, if somebody uses it. */
  probeBeforeOffer: z.boolean(),
  /** Further options for every client of the subnet that asks, unless its class or its machine says otherwise. */
  options: OptionSettings,
});
export type Subnet = Readonly<z.infer<typeof Subnet>>;

/** What a subnet is that says nothing of these: what subnets were before they could. */
export const subnetDefaults = {
  sharedNetwork: null,
  exclusions: [],
  picker: "hint",
  cacheThreshold: 0.25,
  probeBeforeOffer: false,
  options: [],
} satisfies Partial<Subnet>;

/** What unknown machines get. `subnet`: of their address; `undefined`: it is in none of ours, and they are left alone. */
export function unknownMachinesOf(subnet: Subnet | undefined): UnknownMachinePolicy {
  return subnet?.unknownMachines ?? "local-disk";
}
