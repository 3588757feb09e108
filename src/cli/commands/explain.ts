import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { machineIdOf, machineReference, machineUnknown } from "../changes/machine-reference.ts";
import { Failure } from "../failure.ts";
import type { Host } from "../host.ts";
import { momentOf } from "../moment.ts";
import { inert } from "../output/inert.ts";
import { jsonText, yamlText } from "../output/serialise.ts";
import { onAction, type Session } from "../session.ts";

/** What the service would answer to a client, and why. */
export const explainDocument = `query ($mac: MAC, $machineId: ID, $at: Moment, $client: BootClientInput) {
  bootDecision(mac: $mac, machineId: $machineId, at: $at, client: $client) {
    mac at position machine { machineId name state }
    dhcp {
      outcome wire subnet address addressFrom leaseSeconds classes options { code name value from } bootFile
    }
    script { action why runId environment version template servings }
    steps { step outcome because }
    text
  }
}`;

/** What may be said of the client: the option, what stands behind it, and its field of the API. */
const hints = [
  ["--architecture <name>", "what its firmware boots, such as x64-uefi or x86-bios", "architecture"],
  ["--vendor-class <text>", "its vendor class (option 60)", "vendorClass"],
  ["--user-class <text>", "its user class (option 77)", "userClass"],
  ["--client-id <hex>", "its client identifier (option 61)", "clientId"],
  ["--firmware-uuid <uuid>", "its UUID (option 97)", "firmwareUuid"],
  ["--relay <address>", "the relay that brings its messages (giaddr)", "relay"],
  ["--circuit-id <hex>", "where its relay says that it is plugged in (option 82)", "circuitId"],
  ["--remote-id <hex>", "what its relay says of itself (option 82)", "remoteId"],
  ["--wire <name>", "the wire that its messages come in by", "wire"],
] as const;

type Options = { readonly output: "text" | "json" | "yaml"; readonly at?: string } & {
  readonly [Hint in (typeof hints)[number][2]]?: string;
};

/** `explain web-01`: what the machine would get if it booted now, and why. */
export function addCommands(command: Command, host: Host): void {
  command
    .argument("<machine>", "MAC address, also of an unknown machine; or name, UUID or id of a machine")
    .addOption(
      new Option("-o, --output <format>", "how to print").choices(["text", "json", "yaml"]).default("text"),
    )
    .addOption(new Option("--at <moment>", "as it was: now-2h, a time (RFC 3339), or a position of the log"));
  for (const [flags, description] of hints) command.option(flags, `${description}; else what the log has`);
  onAction<Options>(command, host, async (session, { args: [machine = ""], options }) => {
    const at = options.at === undefined ? undefined : momentOf(options.at, session.clock());
    const variables = { ...(await interfaceOf(session, machine)), at, client: clientOf(options) };
    const { bootDecision } = await (await session.api()).ask(explainDocument, variables);
    if (!bootDecision) throw at === undefined ? machineUnknown(machine) : unknownThen(machine, options.at);
    await session.streams.out(await printed(bootDecision as Row, options.output));
  });
}

/** A name is looked up first: the service takes a MAC address or an id. */
async function interfaceOf(session: Session, text: string): Promise<Row> {
  const reference = machineReference(text);
  return "mac" in reference ? reference : { machineId: await machineIdOf(session, text) };
}

function clientOf(options: Options): Row {
  const said = hints.flatMap(([, , field]) => {
    const value = options[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  const client: Row = Object.fromEntries(said);
  const { architecture } = options;
  return architecture === undefined
    ? client
    : { ...client, architecture: architecture.toUpperCase().replaceAll("-", "_") };
}

async function printed({ text, ...decision }: Row, output: Options["output"]): Promise<string> {
  switch (output) {
    case "text":
      return String(text).split("\n").map(inert).join("\n");
    case "json":
      return `${jsonText(decision, 2)}\n`;
    case "yaml":
      return yamlText(decision);
  }
}

function unknownThen(machine: string, at: string | undefined): Failure {
  return new Failure("notFound", `nothing is known of ${machine} at ${at}`, {
    code: "NOT_FOUND",
    remedy: "the log may begin later, or the machine had another name: its id and its addresses stay",
  });
}
