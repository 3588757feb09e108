import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";
import { systemMeta } from "../domain/event-meta.ts";
import { type CommandResult, commandHandler } from "../domain/handle-command.ts";
import type { EventMeta, EventStore } from "../domain/ports/event-store.ts";
import type { SystemCommand } from "../domain/system/commands.ts";
import { systemKind } from "../domain/system/decide.ts";
import { systemStream } from "../domain/system/events.ts";
import { packageFile } from "../paths.ts";
import type { Ledger } from "./ledger/ledger.ts";

export interface StartRecordOptions {
  readonly store: EventStore;
  readonly newId: () => string;
  /** Of Ironledger. */
  readonly version: string;
  readonly log: Pick<Logger, "warn">;
}

/** Records a fact about the service. @throws Error when the log refuses */
type RecordFact = (command: SystemCommand, meta?: EventMeta) => Promise<void>;

/** Puts the start into the log, and before it the restore, if that is what it is. Returns how to record more. */
export async function recordStart(
  { store, newId, version, log }: StartRecordOptions,
  { restored }: Pick<Ledger, "restored">,
): Promise<RecordFact> {
  const handle = commandHandler(systemKind, { store, newId });
  async function tell(command: SystemCommand, meta = systemMeta(newId())) {
    const result = await whenQuiet(() => handle(systemStream, command, { meta }));
    if (result.outcome === "rejected") throw new Error(`${command.type}: ${result.rejection.message}`);
    return result;
  }
  const record: RecordFact = async (command, meta) => void (await tell(command, meta));
  if (restored) {
    const { eventIds } = await tell({ type: "RecordRestore", ...restored });
    if (eventIds.length > 0) {
      log.warn(
        restored,
        "the log continues from a copy: every boot is the disk until an effects epoch is started",
      );
    }
  }
  await record({ type: "RecordStart", version, nodeVersion: process.versions.node, hostname: hostname() });
  return record;
}

/** How often, and how long apart, milliseconds, is tried while other processes write about themselves. */
const busyTries = 20;
const busyPauseMs = 100;

/** Processes that start at once all write to one stream: each gets its turn. */
async function whenQuiet<State, Code extends string>(
  handle: () => Promise<CommandResult<State, Code>>,
): Promise<CommandResult<State, Code>> {
  for (let tries = 1; ; tries++) {
    const result = await handle();
    const isBusy = result.outcome === "rejected" && result.rejection.code === "STREAM_BUSY";
    if (!isBusy || tries === busyTries) return result;
    await pause(busyPauseMs);
  }
}

/** What the package says that it is. */
export async function ownVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(packageFile, "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
