import { existsSync } from "node:fs";
import { type FileHandle, rename } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ConnectionLost } from "../api/socket.ts";
import { Failure, usageError } from "../failure.ts";
import type { Session } from "../session.ts";
import { type ExportRequest, requestExport } from "./request-export.ts";
import { mendUnfinished, openUnfinished, type Unfinished } from "./unfinished.ts";

export interface ExportTo extends Omit<ExportRequest, "through" | "resumeAfter"> {
  /** The new file. */
  readonly file: string;
}

/** How often in a row a connection may break without bringing anything. */
const triesMax = 5;
const firstDelayMs = 250;

/**
 * Writes an export to a file that has its name once it is complete. What a connection that broke has brought stays
 * beside it as `FILE.part`, and is gone on with: at once, and when the same is asked for again.
 *
 * @throws Failure
 */
export async function exportTo(session: Session, { file: name, ...wanted }: ExportTo): Promise<void> {
  const file = resolve(name);
  if (existsSync(file)) throw usageError(`${file} exists`, "move it away, or name another with --to");
  const part = `${file}.part`;
  const handle = await openUnfinished(part);
  try {
    await writeWhole(session, handle, { ...wanted, part });
    await handle.sync();
    await rename(part, file);
    session.note(`the log is in ${file}`);
  } finally {
    await handle.close();
  }
}

interface Writing extends Omit<ExportTo, "file"> {
  readonly part: string;
}

async function writeWhole(session: Session, handle: FileHandle, writing: Writing): Promise<void> {
  let tries = 0;
  for (;;) {
    const before = (await handle.stat()).size;
    if (before > 0 && tries === 0) session.note(`going on with ${writing.part}`);
    const lost = await writeOn(session, handle, writing);
    if (!lost) return;
    const after = (await handle.stat()).size;
    // Only what has begun is worth waiting for.
    if (after === 0 && tries === 0) throw lost;
    tries = after > before ? 1 : tries + 1;
    if (tries >= triesMax) throw brokenOff(lost, writing);
    session.note(`${lost.message}; trying again`);
    await delay(firstDelayMs * 2 ** tries, undefined, { signal: session.signal });
  }
}

/** Goes on with the file. Returns why the service was lost; `undefined`: the file is whole. @throws Failure */
async function writeOn(session: Session, handle: FileHandle, writing: Writing): Promise<Error | undefined> {
  const found = await mendUnfinished(handle);
  if (found.kind === "complete") return undefined;
  try {
    for await (const chunk of await requestExport(session, requestFor(found, writing))) {
      await handle.write(chunk);
    }
    return undefined;
  } catch (error) {
    if (error instanceof ConnectionLost) return error;
    // A service that is started anew answers nothing for a while.
    if (error instanceof Failure && error.reason === "unavailable") return error;
    throw error;
  }
}

function requestFor(found: Unfinished, { part, ...wanted }: Writing): ExportRequest {
  const { format, after } = wanted;
  if (found.kind !== "part") return wanted;
  const isSame = found.format === format && (format === "cloudevents" || found.after === after);
  if (!isSame)
    throw usageError(`${part} is of another export`, "move it away, or name another file with --to");
  if (format === "cloudevents") return { ...wanted, after: found.last };
  return { format, after, through: found.through, resumeAfter: found.last };
}

function brokenOff(error: Error, { part }: Writing): Failure {
  return new Failure("unavailable", `${error.message}, ${triesMax} times in a row`, {
    code: "SERVER_UNREACHABLE",
    remedy: `the same command goes on with ${part}`,
    cause: error,
  });
}
