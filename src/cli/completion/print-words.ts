import type { Command } from "commander";
import { readContexts } from "../config/file.ts";
import { configFileIn, resolveTarget } from "../config/target.ts";
import type { Session } from "../session.ts";
import { type Candidate, candidatesFor } from "./candidates.ts";
import { columnNames } from "./column-names.ts";
import { behindBreaks, splitLine } from "./split-line.ts";

/** What no shell takes for more than a word, whoever wrote it. */
const plainWord = /^[A-Za-z0-9_.:@/=+,-]+$/;

/** Prints what the last word can be, a word a line; `:files` says that it is a file. Failure is silence. */
export async function printWords(
  session: Session,
  {
    args,
    options,
  }: {
    readonly args: readonly string[];
    readonly options: { line?: string; breaks: string; describe?: boolean };
  },
): Promise<void> {
  const words = options.line === undefined ? args : splitLine(options.line);
  const typed = words.at(-1) ?? "";
  const found = await wordsFor(session, words);
  if (found === "files") return session.streams.out(":files\n");
  const lines = found
    .filter(({ word }) => word.startsWith(typed) && plainWord.test(word))
    .map(({ word, description }) => {
      const shown = behindBreaks(word, { word: typed, breaks: options.breaks });
      return options.describe && description !== "" ? `${shown}\t${description}\n` : `${shown}\n`;
    });
  return session.streams.out(lines.join(""));
}

async function wordsFor(session: Session, words: readonly string[]): Promise<"files" | readonly Candidate[]> {
  const { root, noun } = await session.programFor(words.slice(0, -1));
  const found = candidatesFor(root, words);
  if (found.kind === "files") return "files";
  if (found.kind === "words") return found.words;
  return (await namesFor(session, { of: found.of, typed: words.at(-1) ?? "", command: noun })).map(plain);
}

interface Wanted {
  readonly of: string;
  readonly typed: string;
  readonly command: Command | undefined;
}

async function namesFor(session: Session, { of, typed, command }: Wanted): Promise<readonly string[]> {
  const known = columnNames(command, of);
  if (known.length > 0) return of === "names" ? behindCommas(typed, known) : known;
  try {
    if (of === "context" || (of === "name" && command?.name() === "context")) {
      return Object.keys((await readContexts(configFileIn(session.environment))).contexts);
    }
    return await namesOfService(session, { of, typed });
  } catch {
    // Whoever completes a word did not ask for a message.
    return [];
  }
}

async function namesOfService(
  { environment, clock, global }: Session,
  { of, typed }: { readonly of: string; readonly typed: string },
): Promise<readonly string[]> {
  const { liveNames } = await import("./live-names.ts");
  const target = await resolveTarget(global, environment);
  const lead = of === "thing" ? "machine/" : "";
  const prefix = typed.startsWith("machine/") ? typed.slice("machine/".length) : typed;
  const name = of === "thing" ? "machine" : of;
  const { cacheDirectory } = environment;
  const names = await liveNames(target, { of: name, prefix, cacheDirectory, now: clock() });
  return names.flatMap((found) =>
    lead === "" || typed.startsWith(lead) ? [lead + found] : [found, lead + found],
  );
}

/** `name,st` goes on behind its last comma. */
function behindCommas(typed: string, names: readonly string[]): readonly string[] {
  const before = typed.slice(0, typed.lastIndexOf(",") + 1);
  const taken = new Set(before.split(","));
  return names.filter((name) => !taken.has(name)).map((name) => before + name);
}

function plain(word: string): Candidate {
  return { word, description: "" };
}
