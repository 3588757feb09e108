import { Command, Option } from "commander";
import { commandPath, leavesOf } from "./command-path.ts";
import type { Host, Program } from "./host.ts";
import { type Noun, nouns } from "./nouns.ts";

const description = "The command line of Ironledger: everything is asked of the service through its API.";

const closing = `
Examples:
  ironledger machines list --filter 'state:failed'
  ironledger machines approve web-01 --reason CHG-4711
  ironledger wait machine/web-01 --for state=deployed --timeout 10m
  ironledger events tail -f
  ironledger why web-01

\`ironledger help filter\` tells how to search, \`ironledger help exit-codes\` what the process ends with,
\`ironledger help environment\` what it looks at.`;

/** The command without its nouns' commands. */
function createProgram(version: string): Command {
  const program = new Command("ironledger")
    .description(description)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command, or for filter, exit-codes or environment")
    .addHelpText("after", closing)
    .exitOverride();
  for (const option of globalOptions()) program.addOption(option);
  for (const { name, summary } of nouns) program.command(name).description(summary).helpCommand(false);
  return program;
}

/** The program with the commands of the noun that is among these words. */
export async function programFor(
  words: readonly string[],
  { version, host }: ProgramOptions,
): Promise<Program> {
  const root = createProgram(version);
  const found = nounOf(words);
  const noun = root.commands.find((command) => command.name() === found?.name);
  if (noun) {
    (await found?.load())?.addCommands(noun, host);
    for (const command of leavesOf(noun)) command.configureHelp({ showGlobalOptions: true });
    if (words.some((word) => helpWords.has(word))) await addExamples(noun);
  }
  return { root, noun };
}

/** The examples are read when somebody wants help, and not before. */
async function addExamples(noun: Command): Promise<void> {
  const { examples } = await import("./examples.ts");
  for (const command of leavesOf(noun)) {
    const lines = examples[commandPath(command)] ?? [];
    if (lines.length === 0) continue;
    const heading = lines.length === 1 ? "Example:" : "Examples:";
    command.addHelpText("after", `\n${heading}\n${lines.map((line) => `  ${line}\n`).join("")}`);
  }
}

const helpWords: ReadonlySet<string> = new Set(["help", "-h", "--help"]);

interface ProgramOptions {
  readonly version: string;
  readonly host: Host;
}

/** The noun on a command line; `undefined` when there is none of ours. */
function nounOf(words: readonly string[]): Noun | undefined {
  const name = operands(words).find((word) => word !== "help");
  return nouns.find((noun) => noun.name === name);
}

function globalOptions(): readonly Option[] {
  return [
    new Option("--server <url>", "address of the API"),
    new Option("--context <name>", "the context to use"),
    new Option("--token-file <file>", "a file that holds the token; a token is never an argument"),
    new Option("--color <when>", "colours").choices(["auto", "always", "never"]).default("auto"),
    new Option("-q, --quiet", "say nothing but data and errors"),
    new Option("-v, --verbose", "say more"),
    new Option("--debug", "show what is sent and answered, without secrets"),
  ];
}

/** Options before the noun that take the next word. */
const takesWord = new Set(globalOptions().flatMap(({ long, required }) => (required && long ? [long] : [])));

function operands(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => !word.startsWith("-") && !takesWord.has(words[index - 1] ?? ""));
}
