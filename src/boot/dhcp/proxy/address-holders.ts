import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import { createGenerationMap } from "../../generation-map.ts";

/** Who has which address of those that another server leases, as far as it was told. */
export interface AddressHolders {
  /** The interface asked from the address. What it had before it has no more. */
  holds(mac: MacAddress, address: Ipv4, nowMs: number): void;
  /** `undefined`: nobody asked from the address in the last four hours, or who did has another now. */
  holderOf(address: Ipv4, nowMs: number): MacAddress | undefined;
}

/** How long it is believed who has an address: a boot and an installation, milliseconds. */
const believedMs = 4 * 3_600_000;
/** Addresses to keep in mind; the half that was used last stays. */
const rememberedMax = 20_000;

export function createAddressHolders(): AddressHolders {
  const holders = createGenerationMap<Ipv4, { readonly mac: MacAddress; readonly untilMs: number }>(
    rememberedMax,
  );
  const addresses = createGenerationMap<MacAddress, Ipv4>(rememberedMax);

  return {
    holds(mac, address, nowMs) {
      const before = addresses.get(mac);
      // The next one to get that address may be another machine, which must not be given this one's script.
      if (before !== undefined && before !== address && holders.get(before)?.mac === mac)
        holders.delete(before);
      addresses.set(mac, address);
      holders.set(address, { mac, untilMs: nowMs + believedMs });
    },

    holderOf(address, nowMs) {
      const holder = holders.get(address);
      return holder && nowMs < holder.untilMs ? holder.mac : undefined;
    },
  };
}
