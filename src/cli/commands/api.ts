import { type Command, InvalidArgumentError } from "commander";
import type { Row } from "../api/api.ts";
import { failureOf } from "../api/failures.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { jsonText } from "../output/serialise.ts";
import { onAction } from "../session.ts";

/** `api`: a document of your own. */
export function addCommands(command: Command, host: Host): void {
  command
    .argument("[document]", "a query or mutation; left out or -: from stdin")
    .option(
      "--var <name=value>",
      "a variable, may be given again; what parses as JSON is JSON",
      variable,
      {},
    );
  onAction<{ readonly var: Row }>(command, host, async (session, { args: [word = "-"], options }) => {
    const document = word === "-" ? await session.streams.input() : word;
    if (document.trim() === "")
      throw usageError("there is no document", "ironledger api '{ service { epoch } }'");
    const answer = await (await session.api()).raw(document, options.var);
    await session.streams.out(`${jsonText(answer, 2)}\n`);
    if (answer.errors && answer.errors.length > 0) throw failureOf(answer.errors);
  });
}

function variable(text: string, before: Row): Row {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Expected NAME=VALUE.");
  return { ...before, [text.slice(0, at)]: jsonOrText(text.slice(at + 1)) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text needs no quotes.
    return text;
  }
}
