import { type Command, CommanderError } from "commander";
import { type ExitReason, exitCodes } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { topicText } from "./help-topics.ts";
import type { Host } from "./host.ts";
import { inert } from "./output/inert.ts";

/** Runs one command line, and answers with what the process is to end with. `words`: without node and script. */
export async function run(words: readonly string[], host: Host): Promise<number> {
  const topic = words[0] === "help" ? topicText(words[1]) : undefined;
  if (topic !== undefined) {
    await host.streams.out(topic);
    return exitCodes.ok.code;
  }
  const complaints: string[] = [];
  const { root, noun } = await host.programFor(words);
  complainTo(root, (text) => complaints.push(text));
  try {
    // `help machines approve` is `machines approve --help`.
    const line = words[0] === "help" && noun ? [...words.slice(1), "--help"] : words;
    await root.parseAsync([...line], { from: "user" });
    return host.signal.aborted ? exitCodes.interrupted.code : exitCodes.ok.code;
  } catch (error) {
    return exitCodes[tell(error, { host, complaints })].code;
  }
}

/** Lets every command end by throwing, and say to us what it has against a command line. */
function complainTo(command: Command, outputError: (text: string) => void): void {
  command.exitOverride().configureOutput({ outputError });
  for (const child of command.commands) complainTo(child, outputError);
}

/** Says in one line what went wrong, and answers why that is. */
function tell(
  error: unknown,
  { host, complaints }: { readonly host: Host; readonly complaints: readonly string[] },
): ExitReason {
  if (host.signal.aborted) return "interrupted";
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return "ok";
    if (complaints.length > 0) host.streams.note(`ironledger: USAGE: ${oneLine(complaints.join(" "))}`);
    return "usage";
  }
  if (error instanceof Failure) {
    host.streams.note(inert(failureLine(error)));
    return error.reason;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.streams.note(`ironledger: FAULT: this is a fault of ours\n${detail}`);
  return "failure";
}

function failureLine({ code, message, remedy, correlationId }: Failure): string {
  const advice = remedy === undefined ? "" : ` (${remedy})`;
  const correlation = correlationId === undefined ? "" : ` [correlation ${correlationId}]`;
  return `ironledger: ${code}: ${oneLine(message)}${advice}${correlation}`;
}

function oneLine(text: string): string {
  return text
    .trim()
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ");
}
