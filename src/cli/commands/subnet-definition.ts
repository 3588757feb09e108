import { type Command, InvalidArgumentError, Option } from "commander";
import type { Row } from "../api/api.ts";
import { type ChangeOptions, integer, withChange, words } from "../options.ts";
import { addressRange, type Field, saidOf, withDhcpOptions } from "./network-options.ts";

/** What can be said of a subnet. */
export interface SubnetDefinition extends ChangeOptions {
  readonly cidr?: string;
  readonly range?: readonly Row[];
  readonly exclude?: readonly Row[];
  readonly router?: readonly string[];
  readonly dns?: readonly string[];
  readonly domain?: string;
  readonly leaseSeconds?: number;
  readonly unknownMachines?: string;
  readonly sharedNetwork?: string;
  readonly picker?: string;
  readonly cacheThreshold?: number;
  readonly probeBeforeOffer?: "yes" | "no";
  readonly option?: readonly Row[];
  readonly drop?: readonly string[];
}

/** The parts of a definition, by what `--drop` calls them. */
export const subnetFields: Readonly<Record<string, Field>> = {
  cidr: { field: "cidr" },
  ranges: { field: "ranges", dropped: [] },
  exclusions: { field: "exclusions", dropped: [] },
  routers: { field: "routers", dropped: [] },
  dns: { field: "dnsServers", dropped: [] },
  domain: { field: "domainName", dropped: null },
  "lease-seconds": { field: "leaseSeconds" },
  "unknown-machines": { field: "unknownMachines" },
  "shared-network": { field: "sharedNetwork", dropped: null },
  picker: { field: "picker" },
  "cache-threshold": { field: "cacheThreshold" },
  "probe-before-offer": { field: "probeBeforeOffer" },
  options: { field: "options", dropped: [] },
};

/** Adds the options that say what a subnet is, but for its network. */
export function withSubnetDefinition(command: Command): Command {
  const said = withChange(command)
    .argument("<subnet>", "its name")
    .addOption(
      new Option("--range <first-last>", "addresses to lease; may be given again").argParser(addressRange),
    )
    .addOption(
      new Option(
        "--exclude <first-last>",
        "addresses of the ranges to leave out; may be given again",
      ).argParser(addressRange),
    )
    .addOption(
      new Option("--router <addresses>", "most preferred first, separated by commas").argParser(words),
    )
    .addOption(new Option("--dns <addresses>", "most preferred first, separated by commas").argParser(words))
    .option("--domain <name>", "that clients are told")
    .addOption(new Option("--lease-seconds <count>", "how long a lease lasts").argParser(integer))
    .addOption(
      new Option("--unknown-machines <policy>", "what a machine gets to boot that nobody knows").choices([
        "discover",
        "local_disk",
      ]),
    )
    .option("--shared-network <name>", "the wire that it shares with the subnets that say the same")
    .addOption(
      new Option("--picker <picker>", "which address a client without one gets").choices([
        "hint",
        "next-free",
        "least-recently-used",
      ]),
    )
    .addOption(
      new Option("--cache-threshold <part>", "part of a lease in which a renewal is no news").argParser(part),
    )
    .addOption(
      new Option("--probe-before-offer <answer>", "ask the network before an address is offered").choices([
        "yes",
        "no",
      ]),
    );
  return withDhcpOptions(said);
}

/** Only what was said. */
export function subnetInputOf(options: SubnetDefinition): Row {
  const { picker, probeBeforeOffer, unknownMachines, drop = [] } = options;
  const said = {
    cidr: options.cidr,
    ranges: options.range,
    exclusions: options.exclude,
    routers: options.router,
    dnsServers: options.dns,
    domainName: options.domain,
    leaseSeconds: options.leaseSeconds,
    unknownMachines: unknownMachines?.toUpperCase(),
    sharedNetwork: options.sharedNetwork,
    picker: picker?.toUpperCase().replaceAll("-", "_"),
    cacheThreshold: options.cacheThreshold,
    probeBeforeOffer: probeBeforeOffer && probeBeforeOffer === "yes",
    options: options.option,
  };
  return saidOf(said, drop, subnetFields);
}

function part(text: string): number {
  if (/^(?:0|0?\.\d{1,6})$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a number from 0 to 0.9.");
}
