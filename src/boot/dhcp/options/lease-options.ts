import type { ClientSettings } from "../../../domain/network/client-settings.ts";
import type { OptionSetting } from "../../../domain/network/option-setting.ts";
import type { Subnet } from "../../../domain/network/subnet.ts";
import { cidrMask } from "../../../domain/values/ipv4.ts";
import {
  dnsServers,
  domainName,
  leaseTime,
  rebindingTime,
  renewalTime,
  routers,
  subnetMask,
} from "./configuration.ts";
import { type OptionEntry, optionEntry } from "./option.ts";

/** How long a lease lasts, and when it is renewed. */
export interface LeaseTimes {
  /** Option 51. */
  readonly lease: OptionEntry;
  /** Options 58 and 59: a half and seven eighths of it (RFC 2131 s. 4.4.5). */
  readonly renewal: readonly OptionEntry[];
}

/** Writes the times of a lease; those of the last one are kept, because most last equally long. */
export function leaseTimes(): (leaseSeconds: number) => LeaseTimes {
  let lastSeconds = 0;
  let last = written(0);
  return (leaseSeconds) => {
    if (leaseSeconds !== lastSeconds) {
      last = written(leaseSeconds);
      lastSeconds = leaseSeconds;
    }
    return last;
  };
}

function written(leaseSeconds: number): LeaseTimes {
  return {
    lease: optionEntry(leaseTime, leaseSeconds),
    renewal: [
      optionEntry(renewalTime, Math.floor(leaseSeconds * 0.5)),
      optionEntry(rebindingTime, Math.floor(leaseSeconds * 0.875)),
    ],
  };
}

/**
 * Writes what clients are told of their network: the subnet's own options, those of the settings in place of them and
 * beside them. Each subnet and each setting is written once, for as long as it exists.
 */
export function networkOptions(): (subnet: Subnet, settings?: ClientSettings) => readonly OptionEntry[] {
  const bySubnet = new WeakMap<Subnet, readonly OptionEntry[]>();
  const bySetting = new WeakMap<OptionSetting, OptionEntry>();

  function ofSubnet(subnet: Subnet): readonly OptionEntry[] {
    const known = bySubnet.get(subnet);
    if (known) return known;
    const options = subnetOptions(subnet);
    bySubnet.set(subnet, options);
    return options;
  }

  function ofSetting(setting: OptionSetting): OptionEntry {
    const known = bySetting.get(setting);
    if (known) return known;
    const entry = [setting.code, Buffer.from(setting.value, "hex")] as const;
    bySetting.set(setting, entry);
    return entry;
  }

  return (subnet, settings) => {
    const own = ofSubnet(subnet);
    if (!settings || settings.options.length === 0) return own;
    const set = settings.options.map(({ setting }) => ofSetting(setting));
    return [...own.filter(([code]) => !set.some(([other]) => other === code)), ...set];
  };
}

function subnetOptions({ cidr, routers: gateways, dnsServers: servers, domainName: domain }: Subnet) {
  const options: OptionEntry[] = [optionEntry(subnetMask, cidrMask(cidr))];
  if (gateways.length > 0) options.push(optionEntry(routers, gateways));
  if (servers.length > 0) options.push(optionEntry(dnsServers, servers));
  if (domain !== null) options.push(optionEntry(domainName, domain));
  return options;
}
