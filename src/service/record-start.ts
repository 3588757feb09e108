import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { Logger } from "pino";
import { z } from "zod";
import type { LogThread } from "../adapters/event-store/sqlite/log-thread.ts";
import { systemMeta } from "../domain/event-meta.ts";
import { commandHandler } from "../domain/handle-command.ts";
import type { EventMeta, EventStore } from "../domain/ports/event-store.ts";
import type { SystemCommand } from "../domain/system/commands.ts";
import { systemKind } from "../domain/system/decide.ts";
import { systemStream } from "../domain/system/events.ts";
import { packageFile } from "../paths.ts";

export interface StartRecordOptions {
  readonly store: EventStore;
  readonly newId: () => string;
  /** Of Ironledger. */
  readonly version: string;
  readonly log: Pick<Logger, "warn">;
}

/** Records a fact about the service. @throws Error when the log refuses */
export type RecordFact = (command: SystemCommand, meta?: EventMeta) => Promise<void>;

/** Puts the start into the log, and before it the restore, if that is what it is. Returns how to record more. */
export async function recordStart(
  { store, newId, version, log }: StartRecordOptions,
  { restored }: Pick<LogThread, "restored">,
): Promise<RecordFact> {
  const handle = commandHandler(systemKind, { store, newId });
  const record: RecordFact = async (command, meta = systemMeta(newId())) => {
    const result = await handle(systemStream, command, { meta });
    if (result.outcome === "rejected") throw new Error(`${command.type}: ${result.rejection.message}`);
  };
  if (restored) {
    log.warn(
      restored,
      "the log continues from a copy: every boot is the disk until an effects epoch is started",
    );
    await record({ type: "RecordRestore", ...restored });
  }
  await record({ type: "RecordStart", version, nodeVersion: process.versions.node, hostname: hostname() });
  return record;
}

/** What the package says that it is. */
export async function ownVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(packageFile, "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
