import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { z } from "zod";

/**
 * Runs a program of this folder's in a process of its own, and reads the JSON object that it prints last.
 *
 * @param entry relative to this folder
 * @throws Error when it fails, with what it said
 */
export async function runChild<Figures>(
  entry: string,
  words: readonly string[],
  schema: z.ZodType<Figures>,
): Promise<Figures> {
  const file = join(import.meta.dirname, entry);
  const child = spawn(process.execPath, [file, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const [output, code] = await Promise.all([text(child.stdout), exited]);
  if (code !== 0) throw new Error(`${entry} ${words.join(" ")} ended with ${code}`);
  return schema.parse(JSON.parse(output.trimEnd().split("\n").at(-1) ?? ""));
}
