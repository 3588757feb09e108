import type { Command } from "commander";

/** `machines list`, without the program's own name; of the program itself: nothing. */
export function commandPath(command: Command): string {
  const { parent } = command;
  if (!parent) return "";
  const before = commandPath(parent);
  return before === "" ? command.name() : `${before} ${command.name()}`;
}

/** Those below a command that do something themselves, and the command itself when it has none below. */
export function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}
