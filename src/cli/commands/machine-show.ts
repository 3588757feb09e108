import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { machineDocument, machineReference, machineUnknown } from "../changes/machine-reference.ts";
import { machines } from "../collections/machines.ts";
import type { Host } from "../host.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import { onAction } from "../session.ts";
import { printObject } from "./show.ts";

interface Options extends OutputOptions {
  readonly at?: Row;
}

/** `machines show`, now or as it was. */
export function addMachineShow(parent: Command, fields: string, host: Host): void {
  const command = withOutput(parent.command("show").description("show one machine, now or as it was"))
    .argument("<machine>", "name, MAC, UUID or id")
    .addOption(
      new Option("--at <moment>", "as it was: a position of the log, or a time (RFC 3339)").argParser(moment),
    );
  onAction<Options>(command, host, async (session, { args: [name = ""], options }) => {
    const variables = { ...machineReference(name), at: options.at };
    const { machine } = await (await session.api()).ask(machineDocument(fields), variables);
    if (!machine) throw machineUnknown(name);
    await printObject(session, { collection: machines, row: machine as Row, options });
  });
}

/** A time begins like a date; a position of the log never does. */
function moment(text: string): Row {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return { position: text };
  return { time: text.includes("T") ? text : `${text}T00:00:00.000Z` };
}
