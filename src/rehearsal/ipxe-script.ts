/**
 * Reads iPXE scripts (https://ipxe.org/scripting), as far as boot scripts need them.
 *
 * Whatever iPXE knows and this does not is an error and never skipped: a rehearsal that walks past a line
 * would prove nothing about the machine that runs it.
 */

/** What each command that is understood may be told by options. */
const optionsOf = {
  /** Nothing at all, which succeeds: the `||` at the end of a line swallows a failure by it. */
  "": {},
  set: {},
  echo: {},
  iseq: {},
  goto: {},
  exit: {},
  imgfree: {},
  kernel: { "--name": "value", "--timeout": "value" },
  initrd: { "--name": "value", "--timeout": "value" },
  boot: { "--autofree": "flag" },
  chain: { "--autofree": "flag", "--replace": "flag", "--timeout": "value" },
  sanboot: { "--no-describe": "flag", "--keep": "flag", "--drive": "value" },
} as const satisfies Record<string, Readonly<Record<string, "flag" | "value">>>;

type IpxeCommandName = keyof typeof optionsOf;

export interface IpxeCommand {
  readonly name: IpxeCommandName;
  /** Options with their values, `""` for one that takes none. Variables are not filled in yet. */
  readonly options: ReadonlyMap<string, string>;
  /** What stands behind the options. Variables are not filled in yet. */
  readonly words: readonly string[];
  /** When the command runs, by the outcome of the one before it on its line (`&&`, `||`, `;`). */
  readonly runs: "always" | "on-success" | "on-failure";
}

export interface IpxeLine {
  /** From 1, as editors count. */
  readonly number: number;
  readonly commands: readonly IpxeCommand[];
}

export interface IpxeScript {
  readonly lines: readonly IpxeLine[];
  /** Where each label points to: the index in `lines` of what follows it. */
  readonly labels: ReadonlyMap<string, number>;
}

/** The script is not one, or says something that the rehearsal cannot act out. */
export class IpxeScriptError extends Error {
  override readonly name = "IpxeScriptError";
  /** From 1. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

/** @throws IpxeScriptError */
export function parseIpxeScript(text: string): IpxeScript {
  const source = text.split(/\r?\n/);
  // iPXE takes a file for a script by these bytes alone, and for anything else otherwise.
  if (!/^#!ipxe\s*$/.test(source[0] ?? "")) {
    throw new IpxeScriptError(1, `a script begins with #!ipxe, this is ${JSON.stringify(source[0] ?? "")}`);
  }
  const lines: IpxeLine[] = [];
  const labels = new Map<string, number>();
  for (const [index, raw] of source.entries()) {
    const number = index + 1;
    const line = raw.trim();
    if (line.startsWith(":")) declareLabel(labels, { label: line.slice(1), number, target: lines.length });
    else if (line !== "" && !line.startsWith("#")) lines.push({ number, commands: commandsOf(line, number) });
  }
  return { lines, labels };
}

function declareLabel(
  labels: Map<string, number>,
  { label, number, target }: { readonly label: string; readonly number: number; readonly target: number },
): void {
  if (!/^\S+$/.test(label)) throw new IpxeScriptError(number, `":${label}" is not a label`);
  if (labels.has(label)) throw new IpxeScriptError(number, `label ":${label}" is there twice`);
  labels.set(label, target);
}

const runsAfter = { "&&": "on-success", "||": "on-failure", ";": "always" } as const;

/** iPXE knows no quotes: words end at white space, and a word beginning with `#` starts a comment. */
function commandsOf(line: string, number: number): readonly IpxeCommand[] {
  const all = line.split(/\s+/);
  const comment = all.findIndex((word) => word.startsWith("#"));
  const commands: IpxeCommand[] = [];
  let runs: IpxeCommand["runs"] = "always";
  let words: string[] = [];
  for (const word of comment === -1 ? all : all.slice(0, comment)) {
    if (Object.hasOwn(runsAfter, word)) {
      commands.push(commandOf(words, { number, runs }));
      runs = runsAfter[word as keyof typeof runsAfter];
      words = [];
    } else words.push(word);
  }
  return [...commands, commandOf(words, { number, runs })];
}

function commandOf(
  [name = "", ...rest]: readonly string[],
  { number, runs }: { readonly number: number; readonly runs: IpxeCommand["runs"] },
): IpxeCommand {
  if (!isCommandName(name)) {
    const known = Object.keys(optionsOf).filter(Boolean).join(", ");
    throw new IpxeScriptError(
      number,
      `unknown command ${JSON.stringify(name)}; the rehearsal knows ${known}`,
    );
  }
  const known: Readonly<Record<string, "flag" | "value">> = optionsOf[name];
  const options = new Map<string, string>();
  let words = rest;
  // As in iPXE, options come first: what follows the first other word belongs to the kernel.
  while (words[0]?.startsWith("-")) {
    const [option = "", value, ...others] = words;
    const kind = Object.hasOwn(known, option) ? known[option] : undefined;
    if (kind === undefined) throw new IpxeScriptError(number, `${name} has no option ${option}`);
    if (kind === "value" && value === undefined) throw new IpxeScriptError(number, `${option} needs a value`);
    options.set(option, kind === "value" ? (value ?? "") : "");
    words = kind === "value" ? others : words.slice(1);
  }
  return { name, options, words, runs };
}

function isCommandName(name: string): name is IpxeCommandName {
  return Object.hasOwn(optionsOf, name);
}
