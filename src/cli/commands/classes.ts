import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, confirm, runChange } from "../changes/change.ts";
import { bareName } from "../collections/name.ts";
import { clientClasses } from "../collections/network.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, integer, withChange, withYes, words } from "../options.ts";
import { valueAt } from "../output/cell.ts";
import { onAction, type Session } from "../session.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { clientClassLookup } from "./lookups.ts";
import { type Field, saidOf, withDhcpOptions, withDrop } from "./network-options.ts";
import { addShow } from "./show.ts";

interface Definition extends ChangeOptions {
  readonly priority?: number;
  readonly architecture?: readonly string[];
  readonly vendorClass?: readonly string[];
  readonly userClass?: readonly string[];
  readonly macPrefix?: readonly string[];
  readonly relayCircuit?: readonly string[];
  readonly relayRemote?: readonly string[];
  readonly label?: readonly Row[];
  readonly subnet?: readonly string[];
  readonly leaseSeconds?: number;
  readonly option?: readonly Row[];
  readonly bootFile?: string;
  readonly drop?: readonly string[];
}

export const defineClientClass = classChange("defineClientClass", "defined");
export const changeClientClass = classChange("changeClientClass", "changed");
export const retireClientClass = classChange("retireClientClass", "retired");

const matchFields: Readonly<Record<string, Field>> = {
  architectures: { field: "architectures", dropped: null },
  "vendor-classes": { field: "vendorClassPrefixes", dropped: null },
  "user-classes": { field: "userClasses", dropped: null },
  "mac-prefixes": { field: "macPrefixes", dropped: null },
  "relay-circuits": { field: "relayCircuits", dropped: null },
  "relay-remotes": { field: "relayRemotes", dropped: null },
  labels: { field: "machineLabels", dropped: null },
  subnets: { field: "subnets", dropped: null },
};
const ownFields: Readonly<Record<string, Field>> = {
  priority: { field: "priority" },
  "lease-seconds": { field: "leaseSeconds", dropped: null },
  options: { field: "options", dropped: [] },
  "boot-file": { field: "bootFile", dropped: null },
};

/** A class's definition as an input has it but for the labels, and the revision that a change of it is made on. */
export const classDocument = `query ($name: String!) {
  clientClasses(first: 1, filter: { name: { eq: $name } }) {
    revision
    nodes {
      name priority leaseSeconds bootFile options { option: name value }
      match {
        architectures vendorClassPrefixes userClasses macPrefixes relayCircuits relayRemotes subnets
        machineLabels { labels { key value } }
      }
    }
  }
}`;

/** `classes`: clients that are alike, and what they get. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, clientClasses, host);
  addShow(parent, { collection: clientClasses, lookup: clientClassLookup }, host);
  addCount(parent, clientClasses, host);

  const define = withDefinition(parent.command("define").description("tell some clients from the others"));
  onAction<Definition>(define, host, async (session, { args: [name], options }) => {
    const { match, ...own } = inputOf(options);
    await runChange(session, defineClientClass, { input: { name, match, ...own }, options });
  });

  const change = withDrop(
    withDefinition(parent.command("change").description("change what is said, and keep the rest")),
    { ...matchFields, ...ownFields },
  );
  onAction<Definition>(change, host, async (session, { args: [name = ""], options }) => {
    const { match, ...own } = inputOf(options);
    if (Object.keys(match).length + Object.keys(own).length === 0)
      throw usageError("nothing to change", "ironledger classes change --help shows what");
    const { definition, revision } = await definitionBefore(session, bareName(clientClasses, name));
    const input = { ...definition, ...own, match: { ...(definition["match"] as Row), ...match } };
    await runChange(session, changeClientClass, {
      input,
      options: { expectedRevision: revision, ...options },
    });
  });

  const retire = withYes(withChange(parent.command("retire").description("tell them no more"))).argument(
    "<class>",
  );
  onAction<ChangeOptions>(retire, host, async (session, { args: [word = ""], options }) => {
    const name = bareName(clientClasses, word);
    await confirm(session, `retiring client class ${name}`, options);
    await runChange(session, retireClientClass, { input: { name }, options });
  });
}

/** Who changed the class in between is not overwritten: the change is made on the revision that was read. */
async function definitionBefore(session: Session, name: string) {
  const { clientClasses: page } = await (await session.api()).ask(classDocument, { name });
  const { revision, nodes } = page as { readonly revision: number; readonly nodes: readonly Row[] };
  const [found] = nodes;
  if (!found) throw new Failure("notFound", `there is no client class ${name}`, { code: "CLASS_UNKNOWN" });
  const match = found["match"] as Row;
  const machineLabels = valueAt(match, "machineLabels.labels") ?? null;
  return { definition: { ...found, match: { ...match, machineLabels } } as Row, revision };
}

function withDefinition(command: Command): Command {
  const listed = (flags: string, text: string) =>
    new Option(flags, `${text}, separated by commas`).argParser(words);
  const said = withChange(command)
    .argument("<class>", "its name")
    .addOption(new Option("--priority <number>", "0 to 1000; the higher one wins").argParser(integer))
    .addOption(listed("--architecture <names>", "what their firmware can boot, such as x64_uefi"))
    .addOption(
      new Option("--vendor-class <prefix>", "what option 60 begins with; may be given again").argParser(
        again,
      ),
    )
    .addOption(new Option("--user-class <text>", "what option 77 holds; may be given again").argParser(again))
    .addOption(listed("--mac-prefix <prefixes>", "such as 52:54:00"))
    .addOption(listed("--relay-circuit <hex>", "ports that relays name (option 82.1)"))
    .addOption(listed("--relay-remote <hex>", "relays' own names (option 82.2)"))
    .addOption(
      new Option("--label <key=value>", "of their machine; KEY for any value; may be given again").argParser(
        label,
      ),
    )
    .addOption(listed("--subnet <names>", "where they ask"))
    .addOption(new Option("--lease-seconds <count>", "how long their leases last").argParser(integer))
    .option("--boot-file <file>", "a file of the loaders' folder or a URL, instead of the loader");
  return withDhcpOptions(said);
}

/** Only what was said. */
function inputOf(options: Definition): { readonly match: Row; readonly [field: string]: unknown } {
  const { drop = [] } = options;
  const match = {
    architectures: options.architecture?.map((name) => name.toUpperCase().replaceAll("-", "_")),
    vendorClassPrefixes: options.vendorClass,
    userClasses: options.userClass,
    macPrefixes: options.macPrefix,
    relayCircuits: options.relayCircuit,
    relayRemotes: options.relayRemote,
    machineLabels: options.label,
    subnets: options.subnet,
  };
  const own = {
    priority: options.priority,
    leaseSeconds: options.leaseSeconds,
    options: options.option,
    bootFile: options.bootFile,
  };
  return { match: saidOf(match, drop, matchFields), ...saidOf(own, drop, ownFields) };
}

function again(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function label(text: string, before: readonly Row[] = []): readonly Row[] {
  const at = text.indexOf("=");
  return [...before, at < 0 ? { key: text } : { key: text.slice(0, at), value: text.slice(at + 1) }];
}

function classChange(mutation: string, done: string): Change {
  return {
    mutation,
    fields: "clientClass { id name priority }",
    done: (_payload, { name }) => `class/${name} ${done}`,
  };
}
