import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { uuidText } from "../../src/adapters/event-store/sqlite/rows.ts";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { signCheckpoint } from "../../src/proof/checkpoint.ts";
import { eventHash } from "../../src/proof/event-hash.ts";
import { keyPair, parseSignerKey } from "../../src/proof/note-keys.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { events } from "../contracts/event-store.support.ts";

const origin = "ironledger.example/log";
const keys = keyPair(origin, Buffer.alloc(32, 7));

/** A log of 30 events in three streams, closed as a service leaves it: position 3n + k is revision n of stream k. */
export async function makeLog(): Promise<string> {
  const data = temporaryDirectory();
  let ms = Date.parse("2026-01-01T00:00:00Z");
  const log = openTestLog(join(data, "log"), { clock: () => new Date(ms++) });
  for (let round = 0; round < 10; round++) {
    for (const stream of ["machine-1", "machine-2", "network"]) commit(log, stream, events(1));
  }
  await log.close();
  return data;
}

/** Goes on with a log that was closed. */
export async function append(data: string, stream: string, count: number): Promise<void> {
  const log = openTestLog(join(data, "log"), { clock: () => new Date("2026-01-02T00:00:00Z") });
  commit(log, stream, events(count));
  await log.close();
}

/** Spoils a log as somebody does who has the file: without the triggers, past the service. */
export function attack(data: string, spoil: string | ((database: DatabaseSync) => void)): void {
  const database = openRaw(join(data, "log"));
  for (const trigger of ["event_never_changes", "event_stays", "event_is_next", "stream_never_changes"]) {
    database.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  }
  if (typeof spoil === "string") database.exec(spoil);
  else spoil(database);
  database.close();
}

/** Files of the key and of a checkpoint over the log as it is now, as somebody elsewhere would have kept them. */
export function signNow(data: string): { readonly key: string; readonly checkpoint: readonly string[] } {
  const { size, root } = verifyLog({ data });
  const folder = temporaryDirectory();
  const [key, file] = [join(folder, "log.key"), join(folder, `checkpoint-${size}`)];
  writeFileSync(key, `${keys.verifierKey}\n`);
  writeFileSync(
    file,
    signCheckpoint({ origin, size, root, extensions: [] }, [parseSignerKey(keys.signerKey)]),
  );
  return { key, checkpoint: [file] };
}

/** What is found, and where. */
export function found(request: Parameters<typeof verifyLog>[0]) {
  return verifyLog(request).findings.map(({ code, position, stream, revision }) =>
    [code, position, stream, revision].filter((part) => part !== undefined).join(" "),
  );
}

/** Gives an event other data, and the hash that belongs to it. */
export function rewrite(database: DatabaseSync, position: number, data: string): void {
  const event = database
    .prepare(
      `SELECT s.name AS stream, e.revision, lower(hex(e.id)) AS id, e.type, e.schema, e.time, e.meta,
          (SELECT lower(hex(hash)) FROM event WHERE stream = e.stream AND revision = e.revision - 1) AS previous
        FROM event AS e JOIN stream AS s ON s.id = e.stream WHERE position = ?`,
    )
    .get(position) as unknown as Omit<Parameters<typeof eventHash>[1], "data"> & {
    readonly previous: string | null;
  };
  const hash = eventHash(event.previous ?? undefined, { ...event, id: uuidText(event.id), data });
  database.prepare("UPDATE event SET data = ?, hash = unhex(?) WHERE position = ?").run(data, hash, position);
}
