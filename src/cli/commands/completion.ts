import type { Command } from "commander";
import { completionScripts, type Shell } from "../completion/scripts.ts";
import type { Host } from "../host.ts";
import { onAction } from "../session.ts";

interface WordsOptions {
  readonly line?: string;
  readonly breaks: string;
  readonly describe?: boolean;
}

/** `completion`: scripts for shells, and the words that they ask for. */
export function addCommands(parent: Command, host: Host): void {
  for (const shell of Object.keys(completionScripts) as readonly Shell[]) {
    const command = parent.command(shell).description(`print the completion script for ${shell}`);
    onAction(command, host, (session) => session.streams.out(completionScripts[shell]));
  }
  const words = parent
    .command("words", { hidden: true })
    .description("print what the last word can be; what the scripts ask for")
    .argument("[words...]")
    .option("--line <text>", "the line up to the cursor")
    .option("--breaks <characters>", "where the shell breaks words", "")
    .option("--describe", "a description behind each word");
  onAction<WordsOptions>(words, host, async (session, { args, options }) => {
    const { printWords } = await import("../completion/print-words.ts");
    await printWords(session, { args, options });
  });
}
