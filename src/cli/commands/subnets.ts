import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, confirm, runChange } from "../changes/change.ts";
import { bareName } from "../collections/name.ts";
import { addressUsage, subnets } from "../collections/network.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, type ListOptions, withChange, withList, withYes } from "../options.ts";
import { onAction, type Session } from "../session.ts";
import { addCount } from "./count.ts";
import { addList, list } from "./list.ts";
import { subnetLookup } from "./lookups.ts";
import { withDrop } from "./network-options.ts";
import { addShow } from "./show.ts";
import {
  type SubnetDefinition,
  subnetFields,
  subnetInputOf,
  withSubnetDefinition,
} from "./subnet-definition.ts";

interface Forced extends ChangeOptions {
  readonly force?: boolean;
}

export const defineSubnet = subnetChange("defineSubnet", "is served");
export const changeSubnet = subnetChange("changeSubnet", "changed");
export const retireSubnet = subnetChange("retireSubnet", "is served no more");

/** A subnet's definition as an input has it, and the revision that a change of it is made on. */
export const definitionDocument = `query ($name: String!) {
  subnet(name: $name) {
    name cidr ranges { first last } exclusions { first last } routers dnsServers domainName leaseSeconds
    unknownMachines sharedNetwork picker cacheThreshold probeBeforeOffer options { option: name value }
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

  const define = withSubnetDefinition(parent.command("define").description("start to serve a subnet"));
  define.requiredOption("--cidr <network>", "the network, /8 to /30");
  onAction<SubnetDefinition>(define, host, async (session, { args: [name], options }) => {
    await runChange(session, defineSubnet, { input: { name, ...subnetInputOf(options) }, options });
  });

  const change = withDrop(
    withSubnetDefinition(parent.command("change").description("change what is said, and keep the rest")),
    subnetFields,
  );
  withForce(change).option("--cidr <network>", "the network, /8 to /30");
  onAction<SubnetDefinition & Forced>(change, host, async (session, { args: [name = ""], options }) => {
    const said = subnetInputOf(options);
    if (Object.keys(said).length === 0)
      throw usageError("nothing to change", "ironledger subnets change --help shows what");
    const { definition, revision } = await definitionBefore(session, bareName(subnets, name));
    const input = { ...definition, ...said, force: options.force ?? false };
    await runChange(session, changeSubnet, { input, options: { expectedRevision: revision, ...options } });
  });

  const retire = withForce(
    withYes(withChange(parent.command("retire").description("serve a subnet no more"))),
  ).argument("<subnet>");
  onAction<Forced>(retire, host, async (session, { args: [word = ""], options }) => {
    const name = bareName(subnets, word);
    await confirm(session, `retiring subnet ${name}`, options);
    await runChange(session, retireSubnet, { input: { name, force: options.force ?? false }, options });
  });
}

function withForce(command: Command): Command {
  return command.option("--force", "even if leases run that it would no longer have");
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
