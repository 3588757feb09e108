import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { machineDocument, machineReference, machineUnknown } from "../changes/machine-reference.ts";
import { machines } from "../collections/machines.ts";
import { Failure } from "../failure.ts";
import type { Host } from "../host.ts";
import { momentOf } from "../moment.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import { onAction } from "../session.ts";
import { printObject } from "./show.ts";

interface Options extends OutputOptions {
  readonly at?: string;
}

/** `machines show`, now or as it was. */
export function addMachineShow(parent: Command, fields: string, host: Host): void {
  const command = withOutput(parent.command("show").description("show one machine, now or as it was"))
    .argument("<machine>", "name, MAC, UUID or id")
    .addOption(new Option("--at <moment>", "as it was: now-2h, a time (RFC 3339), or a position of the log"));
  onAction<Options>(command, host, async (session, { args: [name = ""], options }) => {
    const at = options.at === undefined ? undefined : momentOf(options.at, session.clock());
    const variables = { ...machineReference(name), at };
    const { machine } = await (await session.api()).ask(machineDocument(fields), variables);
    if (!machine) throw at === undefined ? machineUnknown(name) : unknownThen(name, options.at);
    await printObject(session, { collection: machines, row: machine as Row, options });
  });
}

function unknownThen(name: string, at: string | undefined): Failure {
  return new Failure("notFound", `there was no machine ${name} at ${at}`, {
    code: "MACHINE_UNKNOWN",
    remedy: "it may have had another name then: its id and its hardware addresses stay",
  });
}
