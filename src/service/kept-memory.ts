import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { EventReader, Position, RecordedEvent } from "../domain/ports/event-store.ts";
import type { BootRowsPiece, KeptBootMemory } from "../projections/boot-memory-file.ts";
import { isInLog } from "../projections/checkpoint.ts";
import { memoryFilter } from "./memory.ts";

/** What the thread is started with. */
export interface MemoryThreadData {
  readonly viewsDirectory: string;
}

/** What the thread tells its starter. `undefined`: nothing is kept that could be used. */
export interface MemoryThreadReport {
  readonly kept: KeptBootMemory | undefined;
}

export interface KeptMemoryOptions extends MemoryThreadData {
  /** The module that the thread runs. */
  readonly entry: URL;
  /** What is kept cannot be read. Nothing is lost by that but time. */
  readonly onUnreadable: (error: unknown) => void;
}

/**
 * Reads what a view keeps of the packet path's memory, in a thread that ends with it: this one opens no database.
 * Resolves to `undefined` when there is nothing, and when it cannot be read.
 */
export async function readKeptMemory(options: KeptMemoryOptions): Promise<KeptBootMemory | undefined> {
  const { entry, viewsDirectory, onUnreadable } = options;
  const workerData: MemoryThreadData = { viewsDirectory };
  const worker = new Worker(entry, { workerData });
  try {
    return await new Promise((resolve, reject) => {
      worker.once("message", ({ kept }: MemoryThreadReport) => resolve(kept));
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`the memory's thread ended with ${code}`)));
    });
  } catch (error) {
    onUnreadable(error);
    return undefined;
  }
}

/** What takes the memory in. */
export interface MemoryTaker {
  apply(event: RecordedEvent): void;
  restore(piece: BootRowsPiece): void;
}

/**
 * Brings memory to where the view stands, and resolves to that place in the log: the events behind it are to be
 * applied next. `undefined`: what was kept is not of this log, and all of the log is to be applied.
 *
 * Streams that there are few of come from the log itself, the fence first of all: no view is asked whether the
 * service may act.
 */
export async function restoreMemory(
  { last, pieces }: KeptBootMemory,
  { reader, taker }: { readonly reader: EventReader; readonly taker: MemoryTaker },
): Promise<Position | undefined> {
  if (!(await isInLog({ last }, reader))) return undefined;
  for await (const event of fewEventsUpTo(last.position, reader)) taker.apply(event);
  for (const piece of pieces) {
    const json = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString();
    taker.restore(JSON.parse(json) as BootRowsPiece);
    await nextTurn();
  }
  return last.position;
}

/** Kinds of streams whose events are not in the view. */
const fewFilter = { ...memoryFilter, categories: ["network", "system", "bootenv"] };

async function* fewEventsUpTo(end: Position, reader: EventReader): AsyncGenerator<RecordedEvent> {
  let after: Position | undefined;
  for (;;) {
    const page = await reader.readAll({ after, limit: 1_000, filter: fewFilter });
    for (const event of page.events) if (event.position <= end) yield event;
    after = page.position;
    if (page.caughtUp || after === undefined || after >= end) return;
  }
}
