import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Child, startChild } from "../../e2e/support/child.ts";
import { factOf, readWriterLines, type WriterStory } from "../load/writer-lines.ts";
import type { LoggedFact } from "./kept-log.ts";
import { patiently } from "./patiently.ts";

const program = join(import.meta.dirname, "../load/writer.ts");

/** `load/writer.ts` as it runs. */
export interface Writer extends Pick<Child, "pid" | "ended" | "hasEnded" | "kill"> {
  /** All that it told so far. */
  story(): Promise<WriterStory>;
  /** Waits until what it told so far is enough. @throws Error when it ended before */
  until(isEnough: (text: string) => boolean): Promise<void>;
}

export interface WriterOptions {
  readonly logDirectory: string;
  /** What it tells goes here; what another told before stays. */
  readonly storyFile: string;
  /** (Default: 32) */
  readonly clients?: number;
  /** What it is started under. (Default: nothing) */
  readonly under?: readonly string[];
  /** What it prints on standard error. */
  readonly logFile: string;
}

/** Starts it, and does not wait for it. */
export async function startWriter(options: WriterOptions): Promise<Writer> {
  const { logDirectory, storyFile, clients = 32, under = [], logFile } = options;
  const words = [program, logDirectory, storyFile, String(clients)];
  const child = await startChild([...under, process.execPath, ...words], { logFile });
  const text = () => readFile(storyFile, "utf8").catch(() => "");

  return {
    ...child,
    story: async () => readWriterLines(await text()),
    async until(isEnough) {
      await patiently(async () => {
        if (isEnough(await text())) return true;
        if (child.hasEnded()) throw new Error(`the writer ended: ${await readFile(logFile, "utf8")}`);
        return undefined;
      });
    },
  };
}

/** How many appends it was told of. */
export function acknowledgements(text: string): number {
  return text.split("\nack ").length - 1;
}

/** Lets a writer append so often, and kills it. The log is as it was left. */
export async function killedWriter({
  directory,
  logDirectory,
  appends,
}: {
  /** For what it tells. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly appends: number;
}): Promise<WriterStory> {
  const storyFile = join(directory, "story");
  const writer = await startWriter({
    logDirectory,
    storyFile,
    logFile: join(directory, "writer.log"),
  });
  try {
    await writer.until((text) => acknowledgements(text) > appends);
  } finally {
    await writer.kill();
  }
  return writer.story();
}

/** What a writer's event is the effect of. */
export function effectOfAppend({ eventId, stream, revision }: LoggedFact) {
  return { key: eventId, fact: factOf(stream, revision) };
}
