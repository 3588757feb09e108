import type { Argument, Command, Option } from "commander";
import { topics } from "../help-topics.ts";

/** What a word can be: told at once, or names that the service knows. */
export type Candidates =
  | { readonly kind: "words"; readonly words: readonly Candidate[] }
  | { readonly kind: "names"; readonly of: string }
  | { readonly kind: "files" };

export interface Candidate {
  readonly word: string;
  readonly description: string;
}

const nothing: Candidates = { kind: "words", words: [] };

/** What the last of these words can be. `root`: with the commands of the noun loaded. */
export function candidatesFor(root: Command, words: readonly string[]): Candidates {
  if (words[0] === "help" && words.length > 1) return helpWords(root, words.slice(1));
  const typed = words.at(-1) ?? "";
  const { command, operands, waiting } = walk(root, words.slice(0, -1));
  if (waiting) return ofValue(waiting.flags, waiting);
  if (typed.startsWith("-")) return optionWords(command, root);
  const subcommands = visibleCommands(command);
  if (subcommands.length > 0 && operands === 0) return { kind: "words", words: subcommands };
  const argument = command.registeredArguments[operands] ?? command.registeredArguments.findLast(isVariadic);
  return argument ? ofValue(argument.name(), argument) : nothing;
}

/** Behind `help` stand a command's words, or a topic. */
function helpWords(root: Command, words: readonly string[]): Candidates {
  if (words.length === 1) {
    const known = topics.map((word) => ({ word, description: "a topic of the help" }));
    return { kind: "words", words: [...visibleCommands(root), ...known] };
  }
  const { command, operands } = walk(root, words.slice(0, -1));
  return operands === 0 ? { kind: "words", words: visibleCommands(command) } : nothing;
}

interface Place {
  readonly command: Command;
  /** How many words before are arguments of the command. */
  readonly operands: number;
  /** The option whose value is being typed. */
  readonly waiting: Option | undefined;
}

function walk(root: Command, words: readonly string[]): Place {
  let command = root;
  let operands = 0;
  let waiting: Option | undefined;
  for (const word of words) {
    if (waiting) {
      waiting = undefined;
      continue;
    }
    if (word.startsWith("-")) {
      const option = optionsOf(command, root).find(({ long, short }) => word === long || word === short);
      waiting = option?.required && !word.includes("=") ? option : undefined;
      continue;
    }
    const next = operands === 0 ? command.commands.find((child) => isNamed(child, word)) : undefined;
    if (next) command = next;
    else operands += 1;
  }
  return { command, operands, waiting };
}

function ofValue(
  name: string,
  { argChoices }: { readonly argChoices?: readonly string[] | undefined },
): Candidates {
  if (argChoices) return { kind: "words", words: argChoices.map((word) => ({ word, description: "" })) };
  const of = /<?([a-zA-Z-]+)>?$/.exec(name.replace(/[[\].>]+$/, ""))?.[1] ?? name;
  return of === "file" ? { kind: "files" } : { kind: "names", of };
}

function optionWords(command: Command, root: Command): Candidates {
  const words = optionsOf(command, root)
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description }) => ({ word: long ?? short ?? "", description }));
  return { kind: "words", words: [...words, { word: "--help", description: "show help" }] };
}

function optionsOf(command: Command, root: Command): readonly Option[] {
  return command === root ? command.options : [...command.options, ...root.options];
}

function visibleCommands(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ word: child.name(), description: child.description() }));
}

function isNamed(command: Command, word: string): boolean {
  return command.name() === word || command.aliases().includes(word);
}

function isVariadic({ variadic }: Argument): boolean {
  return variadic;
}
