import { join } from "node:path";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { positionText } from "../../../src/adapters/event-store/position.ts";
import { openStoredLog } from "../../../src/adapters/event-store/sqlite/stored-log.ts";
import { threadEntry } from "../../../src/paths.ts";
import {
  type LogExport,
  type LogExports,
  type LogExportsOptions,
  openLogExports,
} from "../../../src/service/audit/log-exports.ts";

/** Where audits find a data directory's log. */
export function placeOf(data: string) {
  return {
    log: { kind: "files" as const, directory: join(data, "log") },
    viewsDirectory: join(data, "views"),
    scratchDirectory: join(data, "verification"),
    entry: threadEntry("audit"),
  };
}

/** Exports of a data directory's log; they end with the test. */
export function exportsOf(data: string, options: Partial<LogExportsOptions> = {}): LogExports {
  const exports = openLogExports({ ...placeOf(data), ...options });
  onTestFinished(() => exports.close());
  return exports;
}

/** An export that must begin. */
export async function begun(exports: LogExports, request: Parameters<LogExports["start"]>[0]) {
  const started = await exports.start(request);
  if (!started) throw new Error("as many exports are under way as may be");
  return started;
}

/** All that an export has. */
export async function textOf({ chunks }: LogExport): Promise<string> {
  return readAll(chunks);
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The position of an event by its number. */
export function positionIn(data: string): (number: number) => string {
  const log = openStoredLog(join(data, "log"));
  log.close();
  return (number) => positionText(log.identity, number);
}
