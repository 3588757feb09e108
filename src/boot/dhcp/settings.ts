import type { ClientClass } from "../../domain/network/client-class.ts";
import {
  type ClientSettings,
  clientSettings,
  matchingClasses,
} from "../../domain/network/client-settings.ts";
import type { OptionSetting } from "../../domain/network/option-setting.ts";
import type { Network } from "../../domain/network/state.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { Labels } from "../../domain/values/label.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { DhcpRequest } from "./request.ts";

/** What DHCP has to know of machines. */
export interface ClientMachines {
  /** Whether a machine claims the interface. */
  isKnown(mac: MacAddress): boolean;
  /** The machine that claims the interface; `undefined`: none does. */
  machineByMac(
    mac: MacAddress,
  ): { readonly labels: Labels; readonly dhcpOptions: readonly OptionSetting[] } | undefined;
}

/** What the client gets in the subnet, besides an address: of its machine, its classes and the subnet. */
export type SettingsFor = (request: DhcpRequest, subnet: Subnet) => ClientSettings;

const noLabels: Labels = {};

/**
 * Asks for the traits of a client only where classes could tell clients apart. Clients that nothing tells apart get the
 * same object, so that what is made of it can be kept.
 *
 * `network`: subnets and classes, as they are now.
 */
export function settingsFor(machines: ClientMachines, network: () => Network): SettingsFor {
  /** Of the clients of a subnet that are of the same classes, by the names of these. */
  const shared = new WeakMap<Subnet, Map<string, ClientSettings>>();
  const perNetwork = new WeakMap<Network, Map<Subnet, readonly ClientClass[]>>();

  /** The classes that a client of the subnet may be of. */
  function candidatesOf(subnet: Subnet): readonly ClientClass[] {
    const now = network();
    const bySubnet = perNetwork.get(now) ?? new Map<Subnet, readonly ClientClass[]>();
    perNetwork.set(now, bySubnet);
    const known = bySubnet.get(subnet);
    if (known) return known;
    const found = [...now.classes.values()].filter(
      ({ match: { subnets } }) => subnets === null || subnets.includes(subnet.name),
    );
    bySubnet.set(subnet, found);
    // Classes changed, so what was put together with them is of no use.
    shared.delete(subnet);
    return found;
  }

  function withoutMachine(subnet: Subnet, classes: readonly ClientClass[]): ClientSettings {
    const byClasses = shared.get(subnet) ?? new Map<string, ClientSettings>();
    shared.set(subnet, byClasses);
    const names = classes.map(({ name }) => name).join(" ");
    const known = byClasses.get(names);
    if (known) return known;
    const made = clientSettings({ subnet, classes, machineOptions: [] });
    if (byClasses.size < sharedMax) byClasses.set(names, made);
    return made;
  }

  return (request, subnet) => {
    const candidates = candidatesOf(subnet);
    const machine = machines.machineByMac(request.mac);
    const labels = machine?.labels ?? noLabels;
    const classes =
      candidates.length === 0
        ? candidates
        : matchingClasses(candidates, { ...request.traits, labels }, subnet.name);
    const machineOptions = machine?.dhcpOptions ?? [];
    if (machineOptions.length === 0) return withoutMachine(subnet, classes);
    return clientSettings({ subnet, classes, machineOptions });
  };
}

/** Most combinations of classes of a subnet whose settings are kept. */
const sharedMax = 1_024;
