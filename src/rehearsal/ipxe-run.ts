import { type IpxeCommand, type IpxeLine, type IpxeScript, IpxeScriptError } from "./ipxe-script.ts";

/** An image that iPXE holds in memory. */
interface IpxeImage {
  /** As the script wrote it, absolute or relative to the script's own address. */
  readonly uri: string;
  /** Under which the kernel finds it; the last part of the address unless the script said otherwise. */
  readonly name: string;
}

/** What the script wants done. The answer is whether it worked. */
export type IpxeRequest =
  | { readonly do: "print"; readonly text: string }
  | { readonly do: "fetch"; readonly image: IpxeImage }
  /** Start the kernel. Does not come back when it works. */
  | {
      readonly do: "boot";
      readonly kernel: IpxeImage;
      /** What the kernel is told, separated by single blanks. */
      readonly argumentsText: string;
      readonly initrds: readonly IpxeImage[];
    }
  /** Fetch this and let it take over. Does not come back when it works. */
  | { readonly do: "chain"; readonly uri: string }
  /** Start from this BIOS drive number. Does not come back when it works. */
  | { readonly do: "sanboot"; readonly drive: number };

export type IpxeEnd =
  /** The last request took the machine over. */
  | { readonly end: "handed-over" }
  /** Back to the firmware. `status` 0 is success, also for a script that simply ends. */
  | { readonly end: "exit"; readonly status: number }
  /** A command failed and nothing on its line caught that. */
  | { readonly end: "failed"; readonly line: number; readonly command: string };

type Step =
  | { readonly step: "done"; readonly worked: boolean }
  | { readonly step: "ask"; readonly request: IpxeRequest }
  | { readonly step: "goto"; readonly label: string }
  | { readonly step: "leave"; readonly end: IpxeEnd };

interface Memory {
  readonly settings: Map<string, string>;
  kernel: { readonly image: IpxeImage; readonly argumentsText: string } | undefined;
  initrds: readonly IpxeImage[];
  /** How many more commands may run. */
  budget: number;
}

/** A script that runs this many commands goes in circles: those of boot scripts are some dozens. */
const commandsMax = 1000;

/**
 * Runs a script: yields what is to be done, is sent whether that worked, returns how the script ended.
 *
 * `settings`: what `${…}` stands for, by the name as written (`platform`, `net0/mac`, `mac:hexhyp`). As in
 * iPXE, a setting that does not exist is empty.
 *
 * @throws IpxeScriptError
 */
export function* runIpxe(
  script: IpxeScript,
  settings: ReadonlyMap<string, string>,
): Generator<IpxeRequest, IpxeEnd, boolean> {
  const memory: Memory = {
    settings: new Map(settings),
    kernel: undefined,
    initrds: [],
    budget: commandsMax,
  };
  let next = 0;
  for (;;) {
    const line = script.lines[next];
    if (!line) return { end: "exit", status: 0 };
    const step = yield* runLine(line, memory);
    if (step.step === "leave") return step.end;
    next = step.step === "goto" ? targetOf(script, { label: step.label, line: line.number }) : next + 1;
  }
}

/** Runs one line up to what leaves it; `done` when the script goes on with the next one. */
function* runLine(
  line: IpxeLine,
  memory: Memory,
): Generator<IpxeRequest, Exclude<Step, { step: "ask" }>, boolean> {
  let worked = true;
  let latest = "";
  for (const command of line.commands) {
    if (command.runs !== "always" && (command.runs === "on-success") !== worked) continue;
    memory.budget -= 1;
    if (memory.budget < 0)
      throw new IpxeScriptError(line.number, `still going after ${commandsMax} commands`);
    latest = command.name;
    const step = stepOf(expanded(command, memory.settings), { memory, line: line.number });
    if (step.step === "goto" || step.step === "leave") return step;
    worked = step.step === "done" ? step.worked : yield step.request;
    if (step.step === "ask" && worked && takesOver(step.request)) return leave({ end: "handed-over" });
  }
  return worked ? done(true) : leave({ end: "failed", line: line.number, command: latest });
}

function stepOf(
  { name, options, words }: IpxeCommand,
  { memory, line }: { readonly memory: Memory; readonly line: number },
): Step {
  const [first = "", ...rest] = words;
  switch (name) {
    case "":
      return done(true);
    case "set":
      memory.settings.set(first, rest.join(" "));
      return done(true);
    case "echo":
      return ask({ do: "print", text: words.join(" ") });
    case "iseq":
      if (words.length !== 2) throw new IpxeScriptError(line, `iseq compares two words, not ${words.length}`);
      return done(first === rest[0]);
    case "goto":
      return { step: "goto", label: first };
    case "exit":
      return leave({ end: "exit", status: numberOf(first === "" ? "0" : first, line) });
    case "imgfree":
      memory.kernel = undefined;
      memory.initrds = [];
      return done(true);
    case "kernel": {
      const image = imageOf(first, options);
      memory.kernel = { image, argumentsText: rest.join(" ") };
      return ask({ do: "fetch", image });
    }
    case "initrd": {
      const image = imageOf(first, options);
      memory.initrds = [...memory.initrds, image];
      return ask({ do: "fetch", image });
    }
    case "boot":
      if (first !== "") throw new IpxeScriptError(line, "the rehearsal knows boot without an address only");
      if (!memory.kernel) return done(false);
      return ask({
        do: "boot",
        kernel: memory.kernel.image,
        argumentsText: memory.kernel.argumentsText,
        initrds: memory.initrds,
      });
    case "chain":
      return ask({ do: "chain", uri: first });
    case "sanboot":
      if (first !== "") throw new IpxeScriptError(line, "the rehearsal knows sanboot --drive only");
      return ask({ do: "sanboot", drive: numberOf(options.get("--drive") ?? "0x80", line) });
  }
}

function done(worked: boolean) {
  return { step: "done", worked } as const;
}

function ask(request: IpxeRequest) {
  return { step: "ask", request } as const;
}

function leave(end: IpxeEnd) {
  return { step: "leave", end } as const;
}

function takesOver({ do: kind }: IpxeRequest): boolean {
  return kind === "boot" || kind === "chain" || kind === "sanboot";
}

function imageOf(uri: string, options: ReadonlyMap<string, string>): IpxeImage {
  const lastPart =
    uri
      .replace(/[?#].*$/, "")
      .split("/")
      .at(-1) ?? "";
  return { uri, name: options.get("--name") ?? lastPart };
}

function targetOf(
  { labels }: IpxeScript,
  { label, line }: { readonly label: string; readonly line: number },
): number {
  const target = labels.get(label);
  if (target === undefined) throw new IpxeScriptError(line, `there is no label ":${label}"`);
  return target;
}

function numberOf(text: string, line: number): number {
  const number = /^(?:0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new IpxeScriptError(line, `${JSON.stringify(text)} is not a number`);
  return number;
}

/** iPXE fills variables in after it split the words, so that a value with blanks stays one word. */
function expanded(command: IpxeCommand, settings: ReadonlyMap<string, string>): IpxeCommand {
  const fill = (word: string) =>
    word.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => settings.get(name) ?? "");
  return {
    ...command,
    words: command.words.map(fill),
    options: new Map([...command.options].map(([option, value]) => [option, fill(value)])),
  };
}
