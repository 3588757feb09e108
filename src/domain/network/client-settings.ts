import { selects } from "../access/rule.ts";
import type { Architecture } from "../values/architecture.ts";
import type { ClientId } from "../values/client-id.ts";
import type { Labels } from "../values/label.ts";
import type { MacAddress } from "../values/mac-address.ts";
import type { ClientClassName, SubnetName } from "../values/slug.ts";
import type { ClientClass, ClientMatch } from "./client-class.ts";
import type { OptionSetting } from "./option-setting.ts";
import type { Subnet } from "./subnet.ts";

/** What a client says of itself, what its relay says of it, and what the log says of its machine. */
export interface ClientTraits {
  readonly mac: MacAddress;
  /** Option 61. */
  readonly clientId: ClientId | null;
  /** Option 97, in lower case. */
  readonly firmwareUuid: string | null;
  /** Option 93, most preferred first; empty: it says none. */
  readonly architectures: readonly Architecture[];
  /** Option 60, printable characters only. */
  readonly vendorClass: string | null;
  /** Option 77. */
  readonly userClasses: readonly string[];
  /** Option 82, sub-option 1, octets in lower case hex. */
  readonly circuitId: string | null;
  /** Option 82, sub-option 2, octets in lower case hex. */
  readonly remoteId: string | null;
  /** Of the machine that claims the MAC address; empty: none does. */
  readonly labels: Labels;
}

/** Who decided a setting. */
export type SettingSource = "machine" | `class ${ClientClassName}` | `subnet ${SubnetName}`;

/** A setting, and who decided it. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly from: SettingSource;
}

/** What one client gets, besides its address. */
export interface ClientSettings {
  /** Option 51. */
  readonly leaseSeconds: Sourced<number>;
  /** Each code once, in the order of the codes. */
  readonly options: readonly { readonly setting: OptionSetting; readonly from: SettingSource }[];
  /** `undefined`: the loader of its architecture. */
  readonly bootFile: Sourced<string> | undefined;
}

/** The classes that a client of the subnet is of: those of the highest priority first, equal ones by name. */
export function matchingClasses(
  classes: Iterable<ClientClass>,
  traits: ClientTraits,
  subnet: SubnetName,
): readonly ClientClass[] {
  return [...classes].filter(({ match }) => isMatch(match, traits, subnet)).toSorted(byPriority);
}

function byPriority(one: ClientClass, other: ClientClass): number {
  return other.priority - one.priority || (one.name < other.name ? -1 : 1);
}

function isMatch(match: ClientMatch, traits: ClientTraits, subnet: SubnetName): boolean {
  const { vendorClass, circuitId, remoteId } = traits;
  return (
    holds(match.subnets, (each) => each === subnet) &&
    holds(match.architectures, (each) => traits.architectures.includes(each)) &&
    holds(match.vendorClassPrefixes, (each) => vendorClass?.startsWith(each) ?? false) &&
    holds(match.userClasses, (each) => traits.userClasses.includes(each)) &&
    holds(match.macPrefixes, (each) => traits.mac.startsWith(each)) &&
    holds(match.relayCircuits, (each) => each === circuitId) &&
    holds(match.relayRemotes, (each) => each === remoteId) &&
    (match.machineLabels === null || selects(match.machineLabels, traits.labels))
  );
}

/** `null`: this part of a match asks for nothing. */
function holds<Value>(values: readonly Value[] | null, test: (value: Value) => boolean): boolean {
  return values === null || values.some(test);
}

/**
 * What a client gets: of the machine what it sets, then of its classes in their order, then of the subnet.
 *
 * `classes`: as `matchingClasses` gives them. `machineOptions`: empty when no machine claims the client's MAC address.
 */
export function clientSettings({
  subnet,
  classes,
  machineOptions,
}: {
  readonly subnet: Subnet;
  readonly classes: readonly ClientClass[];
  readonly machineOptions: readonly OptionSetting[];
}): ClientSettings {
  const fromSubnet = `subnet ${subnet.name}` as const;
  const lease = firstOf(classes, ({ leaseSeconds }) => leaseSeconds);
  return {
    leaseSeconds: lease ?? { value: subnet.leaseSeconds, from: fromSubnet },
    options: mergedOptions([
      { options: machineOptions, from: "machine" },
      ...classes.map(({ name, options }) => ({ options, from: `class ${name}` as const })),
      { options: subnet.options, from: fromSubnet },
    ]),
    bootFile: firstOf(classes, ({ bootFile }) => bootFile),
  };
}

function firstOf<Value>(
  classes: readonly ClientClass[],
  read: (each: ClientClass) => Value | null,
): Sourced<Value> | undefined {
  for (const each of classes) {
    const value = read(each);
    if (value !== null) return { value, from: `class ${each.name}` };
  }
  return undefined;
}

/** Of each code the first setting. `sources`: strongest first. */
function mergedOptions(
  sources: readonly { readonly options: readonly OptionSetting[]; readonly from: SettingSource }[],
): ClientSettings["options"] {
  const settings = new Map<number, ClientSettings["options"][number]>();
  for (const { options, from } of sources) {
    for (const setting of options) {
      if (!settings.has(setting.code)) settings.set(setting.code, { setting, from });
    }
  }
  return [...settings.values()].toSorted((one, other) => one.setting.code - other.setting.code);
}
