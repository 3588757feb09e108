import { type Command, CommanderError } from "commander";
import { commandPath } from "./command-path.ts";
import { type ExitReason, exitCodes } from "./exit-codes.ts";
import { Failure, usageError } from "./failure.ts";
import { topics, topicText } from "./help-topics.ts";
import type { Host } from "./host.ts";
import { nouns } from "./nouns.ts";
import { inert } from "./output/inert.ts";
import { suggestion } from "./suggest.ts";

/** Runs one command line, and answers with what the process is to end with. `words`: without node and script. */
export async function run(words: readonly string[], host: Host): Promise<number> {
  const topic = words[0] === "help" ? await topicText(words[1]) : undefined;
  if (topic !== undefined) {
    await host.streams.out(topic);
    return exitCodes.ok.code;
  }
  const complaints: Complaint[] = [];
  const { root, noun } = await host.programFor(words);
  complainTo(root, (complaint) => complaints.push(complaint));
  try {
    if (words[0] === "help" && words[1] !== undefined && !noun) throw topicUnknown(words[1]);
    // `help machines approve` is `machines approve --help`.
    const line = words[0] === "help" && noun ? [...words.slice(1), "--help"] : words;
    await root.parseAsync([...line], { from: "user" });
    return host.signal.aborted ? exitCodes.interrupted.code : exitCodes.ok.code;
  } catch (error) {
    return exitCodes[tell(error, { host, complaints })].code;
  }
}

/** What a command has against its line. */
interface Complaint {
  readonly text: string;
  readonly command: Command;
}

/** Lets every command end by throwing, and say to us what it has against a command line. */
function complainTo(command: Command, complain: (complaint: Complaint) => void): void {
  command.exitOverride().configureOutput({ outputError: (text) => complain({ text, command }) });
  for (const child of command.commands) complainTo(child, complain);
}

function topicUnknown(word: string): Failure {
  const known = [...nouns.map(({ name }) => name), ...topics];
  return usageError(`there is no command or topic ${word}`, suggestion(word, known));
}

/** All of what is missing at once, and where to look how it is written. */
function complaintText({ text, command }: Complaint): string {
  const missing = text.includes("required option") ? missingOptions(command) : [];
  const message = missing.length > 0 ? `required: ${missing.join(", ")}` : oneLine(text);
  if (text.includes("Did you mean")) return message;
  const path = commandPath(command);
  return `${message} (${path === "" ? "ironledger --help shows the commands" : `ironledger ${path} --help shows how`})`;
}

function missingOptions(command: Command): readonly string[] {
  return command.options
    .filter((option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined)
    .map(({ flags }) => flags);
}

/** Says in one line what went wrong, and answers why that is. */
function tell(
  error: unknown,
  { host, complaints }: { readonly host: Host; readonly complaints: readonly Complaint[] },
): ExitReason {
  if (host.signal.aborted) return "interrupted";
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return "ok";
    if (complaints.length > 0)
      host.streams.note(inert(`ironledger: USAGE: ${complaints.map(complaintText).join(" ")}`));
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
