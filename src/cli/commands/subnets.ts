import { type Command, InvalidArgumentError, Option } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, confirm, runChange } from "../changes/change.ts";
import { bareName } from "../collections/name.ts";
import { addressUsage, subnets } from "../collections/network.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import {
  type ChangeOptions,
  integer,
  type ListOptions,
  withChange,
  withList,
  withYes,
  words,
} from "../options.ts";
import { onAction, type Session } from "../session.ts";
import { addCount } from "./count.ts";
import { addList, list } from "./list.ts";
import { subnetLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

interface Definition extends ChangeOptions {
  readonly cidr?: string;
  readonly range?: readonly Row[];
  readonly router?: readonly string[];
  readonly dns?: readonly string[];
  readonly domain?: string;
  readonly leaseSeconds?: number;
  readonly unknownMachines?: string;
}

export const defineSubnet = subnetChange("defineSubnet", "is served");
export const changeSubnet = subnetChange("changeSubnet", "changed");
export const retireSubnet = subnetChange("retireSubnet", "is served no more");

/** A subnet's definition, and the revision that a change of it is made on. */
export const definitionDocument = `query ($name: String!) {
  subnet(name: $name) {
    name cidr ranges { first last } routers dnsServers domainName leaseSeconds unknownMachines
  }
  subnets(first: 1) { revision }
}`;

/** `subnets`: the networks that addresses are leased in. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, subnets, host);
  addShow(parent, { collection: subnets, lookup: subnetLookup }, host);
  addCount(parent, subnets, host);
  const usage = withList(parent.command("usage").description("list how full subnets are"));
  onAction<ListOptions>(usage, host, (session, { options }) => list(session, addressUsage, options));

  const define = withDefinition(parent.command("define").description("start to serve a subnet"));
  define.requiredOption("--cidr <network>", "the network, /8 to /30");
  onAction<Definition>(define, host, async (session, { args: [name], options }) => {
    await runChange(session, defineSubnet, { input: { name, ...definitionOf(options) }, options });
  });

  const change = withDefinition(
    parent.command("change").description("change what is said, and keep the rest"),
  );
  change.option("--cidr <network>", "the network, /8 to /30");
  onAction<Definition>(change, host, async (session, { args: [name = ""], options }) => {
    const said = definitionOf(options);
    if (Object.keys(said).length === 0)
      throw usageError("nothing to change", "ironledger subnets change --help shows what");
    const { definition, revision } = await definitionBefore(session, bareName(subnets, name));
    const input = { ...definition, ...said };
    await runChange(session, changeSubnet, { input, options: { expectedRevision: revision, ...options } });
  });

  const retire = withYes(withChange(parent.command("retire").description("serve a subnet no more"))).argument(
    "<subnet>",
  );
  onAction<ChangeOptions>(retire, host, async (session, { args: [word = ""], options }) => {
    const name = bareName(subnets, word);
    await confirm(session, `retiring subnet ${name}`, options);
    await runChange(session, retireSubnet, { input: { name }, options });
  });
}

/** Who changed the subnet in between is not overwritten: the change is made on the revision that was read. */
async function definitionBefore(session: Session, name: string) {
  const { subnet, subnets: page } = await (await session.api()).ask(definitionDocument, { name });
  if (!subnet) throw new Failure("notFound", `there is no subnet ${name}`, { code: "SUBNET_UNKNOWN" });
  return { definition: subnet as Row, revision: (page as Row)["revision"] as number };
}

function subnetChange(mutation: string, done: string): Change {
  return {
    mutation,
    fields: "subnet { id name cidr }",
    done: (_payload, { name }) => `subnet/${name} ${done}`,
  };
}

function withDefinition(command: Command): Command {
  return withChange(command)
    .argument("<subnet>", "its name")
    .addOption(new Option("--range <first-last>", "addresses to lease; may be given again").argParser(range))
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
    );
}

/** Only what was said. */
function definitionOf(options: Definition): Row {
  const {
    cidr,
    range: ranges,
    router: routers,
    dns: dnsServers,
    domain: domainName,
    leaseSeconds,
    unknownMachines,
  } = options;
  const policy = unknownMachines?.toUpperCase();
  const said = { cidr, ranges, routers, dnsServers, domainName, leaseSeconds, unknownMachines: policy };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function range(text: string, before: readonly Row[] = []): readonly Row[] {
  const [, first, last] = /^([0-9.]+)-([0-9.]+)$/.exec(text) ?? [];
  if (first === undefined)
    throw new InvalidArgumentError("Expected FIRST-LAST, such as 10.0.0.100-10.0.0.199.");
  return [...before, { first, last }];
}
