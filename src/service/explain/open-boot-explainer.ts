import { networkInterfaces } from "node:os";
import { shippedLoaders } from "../../boot/dhcp/loader.ts";
import type { Config } from "../../config.ts";
import type { BootExplainer } from "../../domain/ports/boot-explainer.ts";
import { wirePlaces } from "../wires/wire-places.ts";
import { wireSettings } from "../wires/wire-settings.ts";
import { createBootExplainer } from "./explainer.ts";
import type { LogSources } from "./past-log.ts";

/** Explains what this host answers by its configuration. Where its wires are is looked up for each question. */
export function openBootExplainer(
  machines: Pick<Config, "wire" | "moreWires" | "loaders">,
  sources: LogSources,
): BootExplainer {
  const settings = wireSettings(machines);
  const places = wirePlaces(settings, networkInterfaces);
  return createBootExplainer({
    ...sources,
    httpPort: machines.wire.httpPort,
    loaders: { ...shippedLoaders, ...machines.loaders },
    wires() {
      places.look();
      return settings.flatMap((wire) => {
        const place = places.of(wire);
        return place ? [{ name: wire.name, address: place.address, mode: wire.dhcp }] : [];
      });
    },
  });
}
