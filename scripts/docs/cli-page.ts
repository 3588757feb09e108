import type { Argument, Command, Option } from "commander";
import { examples } from "../../src/cli/examples.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { environmentVariables } from "../../src/cli/help-topics.ts";
import type { Host } from "../../src/cli/host.ts";
import { nouns } from "../../src/cli/nouns.ts";
import { programFor } from "../../src/cli/program.ts";
import { page, table } from "./markdown.ts";

/** Commands are only looked at here, and none is run: what they would run with is not there. */
const nobody = {} as Host;

/** `docs/reference/cli.md`: every command with its arguments and options, from the definitions that parse them. */
export async function cliPage(): Promise<string> {
  const programs = await Promise.all(
    nouns.map(({ name }) => programFor([name], { version: "", host: nobody })),
  );
  const [first] = programs;
  if (!first) throw new Error("the command line has no nouns");
  return page(
    "# The command line",
    "Generated from the sources by `npm run docs`; `ironledger help COMMAND` says the same. How it is used:\n" +
      "[the command line](../guides/cli.md).",
    "## Options of every command",
    optionTable(first.root.options),
    ...programs.flatMap(({ noun }) => (noun ? nounSection(noun) : [])),
    "## Exit codes",
    table(
      ["code", "meaning"],
      Object.values(exitCodes).map(({ code, meaning }) => [`${code}`, meaning]),
    ),
    "## Environment",
    table(
      ["variable", "meaning"],
      environmentVariables.map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
  );
}

function nounSection(noun: Command): readonly string[] {
  const leaves = leavesOf(noun);
  const heading = [`## ${noun.name()}`, `${sentence(noun.description())}`];
  if (leaves.length === 1 && leaves[0] === noun) return [...heading, ...commandText(noun)];
  return [
    ...heading,
    ...leaves.flatMap((command) => [
      `### ${pathOf(command)}`,
      sentence(command.description()),
      ...commandText(command),
    ]),
  ];
}

function commandText(command: Command): readonly string[] {
  const usage = `\`\`\`text\nironledger ${pathOf(command)} ${command.usage()}\n\`\`\``;
  const described = command.registeredArguments.filter(({ description }) => description !== "");
  return [
    usage,
    ...(described.length > 0 ? [argumentTable(described)] : []),
    ...(command.options.some(isShown) ? [optionTable(command.options)] : []),
    `\`\`\`sh\n${(examples[pathOf(command)] ?? []).join("\n")}\n\`\`\``,
  ];
}

/** Commands that do something, in the order in which they are defined. */
function leavesOf(command: Command): readonly Command[] {
  const children = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== "help");
  return children.length === 0 ? [command] : children.flatMap(leavesOf);
}

function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

function argumentTable(args: readonly Argument[]): string {
  return table(
    ["argument", "meaning"],
    args.map((argument) => [`\`${argument.name()}\``, argument.description]),
  );
}

function optionTable(options: readonly Option[]): string {
  return table(
    ["option", "meaning"],
    options.filter(isShown).map((option) => [`\`${option.flags}\``, optionText(option)]),
  );
}

function optionText({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
  mandatory,
}: Option): string {
  const shown =
    defaultValueDescription ?? (typeof defaultValue === "string" && defaultValue ? defaultValue : undefined);
  return [
    description,
    ...(argChoices ? [`One of ${argChoices.map((choice) => `\`${choice}\``).join(", ")}.`] : []),
    ...(shown === undefined ? [] : [`(Default: ${shown})`]),
    ...(mandatory ? ["Required."] : []),
  ]
    .join(". ")
    .replaceAll(".. ", ". ");
}

function isShown({ hidden }: Option): boolean {
  return !hidden;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
