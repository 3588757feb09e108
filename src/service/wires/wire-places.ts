import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { findPlace, type Interfaces, type WirePlace } from "./find-place.ts";
import type { WireSettings } from "./wire-settings.ts";

/** Where this host is on its wires, as far as it was noticed. */
export interface WirePlaces {
  /** `undefined`: the wire is down. */
  of(wire: WireSettings): WirePlace | undefined;
  /** Our address on each wire that is up. The same array until one changes. */
  addresses(): readonly Ipv4[];
  /** Looks again. */
  look(): void;
}

/** `readInterfaces`: `os.networkInterfaces`. */
export function wirePlaces(wires: readonly WireSettings[], readInterfaces: () => Interfaces): WirePlaces {
  const places = new Map<WireSettings, WirePlace | undefined>();
  let addresses: readonly Ipv4[] = [];

  function look(): void {
    const interfaces = readInterfaces();
    for (const wire of wires) places.set(wire, findPlace(wire, interfaces));
    const now = [...places.values()].flatMap((place) => (place ? [place.address] : []));
    if (now.join() !== addresses.join()) addresses = now;
  }
  look();
  return { of: (wire) => places.get(wire), addresses: () => addresses, look };
}
